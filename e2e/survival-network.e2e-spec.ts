import { waitFor } from '@fairtake/testing';
import { invariantsHold } from './harness/invariants';
import type { RelayMode } from './harness/relay';
import { SurvivalStage } from './harness/survival-stage';
import type { Survivor } from './harness/survivor';
import { candidateWords as t } from './harness/words';

/** What Chromium writes about requests that fail. */
const TROUBLE = [/net::ERR_/, /status of (500|502|503) /];
/** F1: going on within ten seconds of the restart; twice that before a machine that is busy is called broken. */
const RESUMES_AFTER_RESTART_MS = 20_000;

let stage: SurvivalStage;
beforeAll(async () => {
  stage = await SurvivalStage.open('survival-network');
});
afterAll(() => stage?.close());

/** Until a few requests have met it: then the candidate's page knows. */
async function meets(mode: RelayMode, requests = 2): Promise<void> {
  const relay = stage.system.relay!;
  relay.become(mode);
  await waitFor(() => relay.troubled >= requests, {
    what: `${requests} requests to meet ${mode.kind}`,
    timeoutMs: 20_000,
  });
}

describe('a server and a way to it that misbehave', () => {
  let candidate: Survivor;

  it('records on through every fault and sends when it is over', async () => {
    candidate = await stage.candidate('wren', { size: 'phone' });
    await candidate.steps.startRecording();
    await candidate.holdsAtLeast(1);
    const troubles: [string, RelayMode][] = [
      ['500', { kind: 'status', status: 500 }],
      ['503', { kind: 'status', status: 503 }],
      ['a captive portal', { kind: 'portal' }],
      ['a slow server', { kind: 'slow', delayMs: 2_000 }],
      ['broken connections', { kind: 'reset' }],
      ['requests cut in the middle', { kind: 'cut', afterBytes: 2_000 }],
    ];
    for (const [name, mode] of troubles) {
      await meets(mode);
      // The person is not asked for anything: the recording goes on.
      await candidate.reads(t('question.recording'));
      stage.system.relay!.become({ kind: 'pass' });
      await candidate.sends(name);
    }
    await candidate.finish();
    await candidate.expectSameBytes();
    expect(candidate.person.problems(TROUBLE)).toEqual([]);
  });
});

describe('a server that goes away', () => {
  it('goes on within seconds of a restart, and through a deployment', async () => {
    const candidate = await stage.candidate('moss', { size: 'phone' });
    await candidate.steps.startRecording();
    await candidate.holdsAtLeast(1);
    await stage.system.api.kill();
    await meets({ kind: 'pass' }, 0);
    await candidate.person.picture('without-server');
    await stage.system.api.start();
    expect(await candidate.sends('the restart')).toBeLessThan(RESUMES_AFTER_RESTART_MS);
    await stage.system.deployApi();
    expect(await candidate.sends('the deployment')).toBeLessThan(RESUMES_AFTER_RESTART_MS);
    await candidate.finish();
    await candidate.expectSameBytes();
    expect(candidate.person.problems(TROUBLE)).toEqual([]);
  });

  it('records and receives a whole answer without Redis', async () => {
    const candidate = await stage.candidate('brook');
    await stage.system.redis.kill();
    await candidate.steps.startRecording();
    await candidate.holdsAtLeast(2);
    await candidate.finish();
    await stage.system.redis.restart();
    await candidate.expectSameBytes();
    expect(candidate.person.problems()).toEqual([]);
  });
});

describe('no network at all', () => {
  it('keeps everything on the device over the end of the recording, and says so', async () => {
    const candidate = await stage.candidate('reed', { size: 'phone' });
    const { context } = candidate.person;
    await candidate.steps.startRecording();
    await candidate.holdsAtLeast(1);
    await context.setOffline(true);
    await candidate.reads(t('health.offline'));
    await candidate.reads(t('health.offline.body'));
    await candidate.person.picture('offline');
    await candidate.stop();
    await candidate.steps.use('send');
    await candidate.reads(t('answers.device'));
    await candidate.person.press(t('send.send'));
    await candidate.page.waitForURL('**/sending');
    await candidate.reads(t('sending.offline'));
    await candidate.person.picture('sending-offline');
    await context.setOffline(false);
    await candidate.page.waitForURL('**/done', { timeout: 40_000 });
    await candidate.expectSameBytes();
    expect(candidate.person.problems(TROUBLE)).toEqual([]);
  });
});

it('leaves no broken promise behind', () => invariantsHold(stage.system));
