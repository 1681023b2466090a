import { waitFor } from '@fairtake/testing';
import { TestBrowser } from './harness/browser';
import { makeFakeCamera, type FakeCamera } from './harness/fake-camera';
import { answersFinished, invariantsHold } from './harness/invariants';
import { answerByApi, readyBatches, type Recording } from './harness/other-people';
import { makeOrganisation, type Organisation } from './harness/people';
import { expectPlaying, watchAndListen } from './harness/playing';
import { publishPosition } from './harness/positions';
import { queryDatabase } from './harness/server-bytes';
import { signIn } from './harness/staff-steps';
import { startSystem, type System } from './harness/system';
import { staffWords } from './harness/words';
import type { Recorded, Recorders } from './recorders/page';
import { PageServer } from './recorders/page-server';
import { RecorderBrowser } from './recorders/recorder-browser';

/** In the page of the recorders. */
declare const recorders: Recorders;

let system: System;
let camera: FakeCamera;
let browser: TestBrowser;
let organisation: Organisation;
let positionId: string;
let recorded: { sizes: Recorded; withoutPicture: Recorded };

beforeAll(async () => {
  [system, camera] = await Promise.all([startSystem('segments'), makeFakeCamera()]);
  organisation = await makeOrganisation(system, {
    name: 'Cedar Rail',
    members: [
      { name: 'Marlow Finch', role: 'recruiter' },
      { name: 'Tove Brandt', role: 'reviewer' },
    ],
  });
  const [recruiter, reviewer] = organisation.members;
  positionId = await publishPosition(recruiter!, {
    title: 'Signal engineer',
    question: 'A signal is dark. What do you do first?',
    reviewers: [reviewer!],
  });
  browser = await TestBrowser.open();
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await camera?.remove();
});

function recordingOf({ starts, pieces, recordedMs }: Recorded): Recording {
  const segments = starts.map(({ segment }) =>
    pieces.filter((piece) => piece.segment === segment).map(({ base64 }) => Buffer.from(base64, 'base64')),
  );
  const blobs = segments.flat();
  const { recorder, mimeType } = starts[0]!;
  return { recorder, blobs, segments, bytes: Buffer.concat(blobs), mimeType, elapsedMs: () => recordedMs };
}

it('records a take in two sizes, and one that loses its picture for a while', async () => {
  const server = await PageServer.start();
  const recorder = await RecorderBrowser.open(server, camera);
  try {
    await recorder.page.evaluate(() => recorders.openDevices(360));
    const link = { bytesPerSecond: 2_000_000 };
    const sizes = await recorder.page.evaluate(
      (each) =>
        recorders.take({ enhanced: true, startRung: '360p24', links: [each], smallerAtMs: 4_000, ms: 8_000 }),
      link,
    );
    await recorder.page.evaluate(() => recorders.openDevices(360));
    const slow = [8, 8.1, 8.2, 8.3, 8.4, 8.5, 8.6].map((kbytes) => ({ bytesPerSecond: kbytes * 1_000 }));
    const withoutPicture = await recorder.page.evaluate(
      (links) => recorders.take({ enhanced: true, startRung: '180p10', links, ms: 21_000 }),
      [...slow, link],
    );
    recorded = { sizes, withoutPicture };
  } finally {
    await recorder.close();
    await server.stop();
  }
  expect(recorded.sizes.starts.map(({ mimeType }) => mimeType.slice(0, 5))).toEqual(['video', 'video']);
  expect(recorded.withoutPicture.starts.map(({ mimeType }) => mimeType.slice(0, 5))).toEqual([
    'video',
    'audio',
    'video',
  ]);
});

it('plays both from beginning to end in the page of a reviewer', async () => {
  const [recruiter, reviewer] = organisation.members;
  for (const [name, each] of [
    ['Wren Calloway', recorded.sizes],
    ['Moss Everly', recorded.withoutPicture],
  ] as const)
    await answerByApi(system, { recruiter: recruiter!, positionId, name, recording: recordingOf(each) });
  await readyBatches(reviewer!);
  const person = await browser.person({ name: 'segments-reviewer' });
  const { page } = person;
  await signIn(person, system.url, reviewer!);
  await page.getByRole('link', { name: staffWords('review.continue') }).click();
  for (const clip of [1, 2]) {
    await page.getByLabel(staffWords('review.clipOf', { number: clip, total: 2 })).waitFor();
    const video = page.locator('video');
    await page.keyboard.press('Space');
    expectPlaying(await watchAndListen(video));
    // Four times as fast, over every seam, to the end.
    await video.evaluate((element) => ((element as HTMLVideoElement).playbackRate = 4));
    await waitFor(() => video.evaluate((element) => (element as HTMLVideoElement).ended), {
      what: `clip ${clip} to play to its end`,
      timeoutMs: 30_000,
    });
    await person.picture(`played-${clip}`);
    await page.keyboard.press('4');
    await page.keyboard.press('Enter');
  }
  expect(person.problems()).toEqual([]);
});

it('finishes both without a flag', async () => {
  await answersFinished(system);
  const answers = await queryDatabase(system, 'SELECT media_state, media_flagged, audio_only FROM answer');
  expect(answers).toEqual(
    Array(2).fill({ media_state: 'finished', media_flagged: false, audio_only: false }),
  );
  await invariantsHold(system);
});
