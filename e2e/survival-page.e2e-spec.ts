import { waitFor } from '@fairtake/testing';
import { recordedFor } from './harness/candidate-steps';
import { captureWorker, chunksOfPage, chunksOfWorker } from './harness/capture-worker';
import { invariantsHold } from './harness/invariants';
import { queryDatabase } from './harness/server-bytes';
import { SurvivalStage } from './harness/survival-stage';
import { timePasses } from './harness/survivor';
import { candidateWords as t } from './harness/words';

const CUT_REQUESTS = [/net::ERR_/];

let stage: SurvivalStage;
beforeAll(async () => {
  stage = await SurvivalStage.open('survival-page');
});
afterAll(() => stage?.close());

describe('a page that is loaded again', () => {
  it('keeps notes, a cut recording, a stopped one and a chosen one', async () => {
    const candidate = await stage.candidate('wren', { size: 'phone' });
    const { page, person, steps } = candidate;
    const notes = page.getByLabel(t('notes.label'));
    await notes.fill('Roll back first');
    await page.reload();
    await page.getByRole('button', { name: t('question.ready'), exact: true }).waitFor();
    await waitFor(async () => (await notes.inputValue()) === 'Roll back first', { what: 'the notes' });

    await steps.startRecording();
    await candidate.holdsAtLeast(2);
    const acknowledged = await candidate.acknowledgedBytes();
    await page.reload();
    await candidate.reads(t('found.goOn'));
    await person.picture('found');
    await steps.startRecording('found.goOn');
    await candidate.stop();

    // Nobody decided about it yet: it is offered again, not lost and not used.
    await page.reload();
    await candidate.reads(t('question.use'));
    await steps.use('send');
    await page.reload();
    await page.getByRole('button', { name: t('send.send'), exact: true }).waitFor();
    await person.press(t('send.send'));
    await page.waitForURL('**/done');
    await candidate.expectSameBytes(undefined, 1, { acknowledged });
    expect(person.problems(CUT_REQUESTS)).toEqual([]);
  });
});

describe('a browser that is killed', () => {
  it('gives back after its start what the profile holds', async () => {
    const { profile, candidate, link } = await stage.candidateWithProfile('moss');
    const recorder = await candidate.steps.startRecording();
    await recordedFor(() => recorder, 6);
    await candidate.holdsAtLeast(3);
    const acknowledged = await candidate.acknowledgedBytes();
    await profile.kill();
    const cut = candidate.person.recorded.recorders();
    const back = await candidate.comeBack(await profile.open(), link);
    await back.reads(t('found.keep'));
    await back.person.picture('found');
    await back.person.press(t('found.keep'));
    await back.useAndSend();
    const take = await back.expectSameBytes(cut, 1, { acknowledged });
    expect(take.segments).toHaveLength(1);
  });

  it('says honestly what is gone when the profile is gone, too', async () => {
    const { profile, candidate, link } = await stage.candidateWithProfile('brook');
    await candidate.steps.startRecording();
    await candidate.holdsAtLeast(2);
    await profile.kill();
    profile.wipe();
    const back = await candidate.comeBack(await profile.open(), link);
    await back.reads(t('gone.body'));
    await back.person.picture('wiped');
    await back.steps.startRecording();
    await back.finish();
    await back.expectSameBytes();
  });

  it('keeps what arrived of a recording that is nowhere else any more', async () => {
    const { profile, candidate, link } = await stage.candidateWithProfile('alder');
    const recorder = await candidate.steps.startRecording();
    await recordedFor(() => recorder, 6);
    await candidate.holdsAtLeast(4);
    const acknowledged = await candidate.acknowledgedBytes();
    await profile.kill();
    const cut = candidate.person.recorded.recorders();
    profile.wipe();
    const back = await candidate.comeBack(await profile.open(), link);
    await back.reads(t('gone.title'));
    // The server waits two minutes before it gives a recording up.
    const sql = `UPDATE take SET leased_at = leased_at - interval '3 minutes' WHERE interview_id = $1`;
    await queryDatabase(stage.system, sql, [back.interviewId]);
    await back.reads(t('vanished.keep'));
    await back.person.picture('vanished');
    await back.person.press(t('vanished.keep'));
    await back.reads(t('found.received'));
    await back.useAndSend();
    await back.expectSameBytes(cut, 1, { acknowledged, wiped: true });
  });
});

describe('a page that stops running', () => {
  it('goes on after it was frozen by the browser', async () => {
    const candidate = await stage.candidate('reed');
    await candidate.steps.startRecording();
    await candidate.holdsAtLeast(1);
    const devTools = await candidate.person.context.newCDPSession(candidate.page);
    await devTools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await timePasses(4);
    await devTools.send('Page.setWebLifecycleState', { state: 'active' });
    await candidate.finish();
    await candidate.expectSameBytes();
    expect(candidate.person.problems(CUT_REQUESTS)).toEqual([]);
  });

  it('says that the computer slept, and keeps what was recorded before', async () => {
    const { profile, candidate } = await stage.candidateWithProfile('fern');
    await candidate.steps.startRecording();
    await candidate.holdsAtLeast(3);
    profile.sleep();
    await timePasses(12);
    profile.wake();
    await candidate.reads(t('found.asleep'));
    await candidate.person.picture('asleep');
    await candidate.person.press(t('found.keep'));
    await candidate.useAndSend();
    await candidate.expectSameBytes();
  });
});

describe('a worker that the browser ends in mid-answer', () => {
  it('has sent until then, and the page sends by itself from there on', async () => {
    // The browser's own recorder: what the enhanced one makes is seen on its way to the worker, which ends here.
    const candidate = await stage.candidate('hazel', { onlyWebm: true });
    const { page } = candidate;
    await candidate.steps.startRecording();
    await candidate.holdsAtLeast(2);
    expect((await chunksOfWorker(page)).length).toBeGreaterThanOrEqual(2);
    expect(await chunksOfPage(page)).toEqual([]);

    // It dies without a word: no error reaches the page.
    await captureWorker(page)!.evaluate(() => void setTimeout(() => globalThis.close()));
    await waitFor(async () => (await chunksOfPage(page)).length > 0, {
      what: 'the page to send by itself',
      timeoutMs: 60_000,
    });
    await candidate.finish();
    await candidate.expectSameBytes();
    expect(candidate.person.problems(CUT_REQUESTS)).toEqual([]);
  });
});

it('leaves no broken promise behind', () => invariantsHold(stage.system));
