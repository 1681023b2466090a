import { makeTemporaryDirectory } from '@fairtake/testing';
import { turnPhone, unplug } from './harness/devices';
import { invariantsHold } from './harness/invariants';
import { recordedFor } from './harness/candidate-steps';
import { SurvivalStage } from './harness/survival-stage';
import type { Survivor } from './harness/survivor';
import { candidateWords as t } from './harness/words';
import { decodeSegment } from './recorders/decoded';

let stage: SurvivalStage;
beforeAll(async () => {
  stage = await SurvivalStage.open('survival-device');
});
afterAll(() => stage?.close());

it('keeps what there is and asks when the camera is unplugged', async () => {
  await losesDevice('camera', (candidate) => unplug(candidate.page, 'video'));
});

it('keeps what there is and asks when the microphone is taken away with its permission', async () => {
  await losesDevice('permission', async (candidate) => {
    await candidate.person.context.clearPermissions();
    await unplug(candidate.page, 'audio');
    await candidate.reads(t('returned.device'));
    await candidate.person.context.grantPermissions(['camera', 'microphone']);
  });
});

async function losesDevice(name: string, lose: (candidate: Survivor) => Promise<void>): Promise<void> {
  const candidate = await stage.candidate(name);
  await candidate.steps.startRecording();
  // Long enough to be worth keeping.
  await recordedFor(() => candidate.person.recorded.recorders().at(-1), 4);
  await candidate.holdsAtLeast(1);
  await lose(candidate);
  await candidate.reads(t('returned.device'));
  await candidate.reads(t('found.keep'));
  await candidate.person.picture('lost');
  await candidate.person.press(t('found.again'));
  const lost = candidate.person.recorded.recorders().length;
  await candidate.steps.startRecording();
  await candidate.finish();
  await candidate.expectSameBytes(candidate.person.recorded.recorders().slice(lost));
  expect(candidate.person.problems()).toEqual([]);
}

it('records on in memory when the device is full, says so, and warns before the page closes', async () => {
  const candidate = await stage.candidate('full', { size: 'phone' });
  const devTools = await candidate.person.context.newCDPSession(candidate.page);
  await candidate.steps.startRecording();
  await candidate.holdsAtLeast(1);
  await devTools.send('Storage.overrideQuotaForOrigin', { origin: stage.system.url, quotaSize: 1 });
  await candidate.reads(t('health.memory'));
  await candidate.reads(t('health.memory.body'));
  await candidate.person.picture('memory');
  await candidate.finish();
  await candidate.expectSameBytes();
  expect(candidate.person.problems()).toEqual([]);
});

it('keeps the whole answer over a rotation of the phone', async () => {
  const candidate = await stage.candidate('rotation', { size: 'phone' });
  await candidate.steps.startRecording();
  await candidate.holdsAtLeast(1);
  await turnPhone(candidate.page);
  await candidate.sends('the rotation');
  await candidate.reads(t('question.recording'));
  await candidate.person.picture('landscape');
  await candidate.finish();
  const { segments } = await candidate.expectSameBytes();
  expect(segments.length).toBeGreaterThanOrEqual(2);
  const directory = await makeTemporaryDirectory({ name: 'rotation' });
  try {
    for (const { bytes } of segments)
      expect((await decodeSegment(directory.path, bytes)).complaints).toBe('');
  } finally {
    await directory.remove();
  }
  // Chromium writes it when the picture's size changes under a recorder; ours cuts there.
  expect(candidate.person.problems([/codec description is not supposed to change/])).toEqual([]);
});

it('leaves no broken promise behind', () => invariantsHold(stage.system));
