import type { FinalisedTake } from '@fairtake/contracts';
import { waitFor } from '@fairtake/testing';
import type { Request } from 'playwright-core';
import { TestBrowser, type BrowserPerson } from './harness/browser';
import { CandidateSteps, receivedAnswers, recordedFor } from './harness/candidate-steps';
import { makeFakeCamera, type FakeCamera } from './harness/fake-camera';
import { filesAtWork, flushRedis } from './harness/faults';
import { answersFinished, invariantsHold } from './harness/invariants';
import { inviteByApi, readyBatches } from './harness/other-people';
import { makeOrganisation, type Organisation } from './harness/people';
import { expectPlaying, watchAndListen } from './harness/playing';
import { publishPosition } from './harness/positions';
import { sha256 } from './harness/recorded-bytes';
import { durableChunks, queryDatabase, serverTakes } from './harness/server-bytes';
import { signIn } from './harness/staff-steps';
import { startSystem, type System } from './harness/system';
import { candidateWords } from './harness/words';

/** What Chromium writes when the server it talks to is gone. */
const SERVER_GONE = [/net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/];
/** The longest pause between two tries is 30 s; how soon it goes on as a rule is for a benchmark to say. */
const RESUMES_WITHIN_MS = 35_000;

let system: System;
let camera: FakeCamera;
let browser: TestBrowser;
let organisation: Organisation;
let positionId: string;

beforeAll(async () => {
  [system, camera] = await Promise.all([startSystem('kill'), makeFakeCamera()]);
  browser = await TestBrowser.open({ camera });
  organisation = await makeOrganisation(system, {
    name: 'Birch Freight',
    members: [
      { name: 'Marlow Finch', role: 'recruiter' },
      { name: 'Tove Brandt', role: 'reviewer' },
    ],
  });
  const [recruiter, reviewer] = organisation.members;
  positionId = await publishPosition(recruiter!, {
    title: 'Night dispatcher',
    question: 'Two lorries break down at once. What do you do first?',
    reviewers: [reviewer!],
  });
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await camera?.remove();
});

interface Candidate {
  person: BrowserPerson;
  steps: CandidateSteps;
  interviewId: string;
  receipts: FinalisedTake[];
}

async function arrive(name: string, options: { onlyWebm: boolean }): Promise<Candidate> {
  const link = await inviteByApi(organisation.members[0]!, positionId, name);
  const person = await browser.person({ name: `kill-${name.toLowerCase()}`, size: 'phone', ...options });
  const receipts: FinalisedTake[] = [];
  person.page.on('response', (response) => {
    if (response.url().endsWith('/finalise') && response.ok())
      void response.json().then((receipt) => receipts.push(receipt as FinalisedTake));
  });
  const steps = new CandidateSteps(person);
  const interviewId = await steps.arrive(link);
  await steps.skipCheck();
  return { person, steps, interviewId, receipts };
}

async function send({ person, steps }: Candidate): Promise<void> {
  await steps.stop();
  await steps.use('send');
  await waitFor(async () => (await receivedAnswers(person.page).count()) === 1, {
    what: 'the answer to be received',
    timeoutMs: 30_000,
  });
  await person.press(candidateWords('send.send'));
  await person.page.waitForURL('**/done');
}

/** One take, and every byte of it is on the server; a poor link or a busy machine may have begun a smaller segment. */
async function expectSameBytes({ person, interviewId, receipts }: Candidate): Promise<void> {
  const produced = person.recorded
    .recorders()
    .filter(({ bytes }) => bytes.length > 0)
    .map(({ bytes }) => ({ sizeBytes: bytes.length, sha256: sha256(bytes) }));
  const takes = await serverTakes(system, interviewId);
  expect(takes).toHaveLength(1);
  const held = takes[0]!.segments.map(({ bytes, rowSha256, objectsSha256 }) => [
    bytes.length,
    rowSha256,
    objectsSha256,
  ]);
  expect(held).toEqual(produced.map((each) => [each.sizeBytes, each.sha256, each.sha256]));
  await waitFor(() => receipts.length > 0, { what: 'the receipt to be read' });
  expect(receipts[0]?.segments).toEqual(produced);
}

it('loses no byte when the api is killed twice in the middle of an upload', async () => {
  const candidate = await arrive('Wren', { onlyWebm: false });
  const { person, steps, interviewId } = candidate;
  await steps.startRecording();
  for (const kill of [1, 2]) {
    const isChunk = (request: Request): boolean => /\/chunks\/\d+$/.test(request.url());
    const failed = person.page.waitForEvent('requestfailed', isChunk);
    await person.page.waitForRequest(isChunk);
    await system.api.kill();
    await failed;
    await person.picture(`without-server-${kill}`);
    const held = await durableChunks(system, interviewId);
    await system.api.start();
    await waitFor(async () => (await durableChunks(system, interviewId)) > held, {
      what: 'the upload to go on',
      timeoutMs: RESUMES_WITHIN_MS,
    });
  }
  await send(candidate);
  await expectSameBytes(candidate);
  expect(person.problems(SERVER_GONE)).toEqual([]);
});

describe('a recording the worker has to transcode', () => {
  let candidate: Candidate;
  let reviewer: BrowserPerson;

  it('arrives whole although Redis is flushed while it is recorded', async () => {
    candidate = await arrive('Moss', { onlyWebm: true });
    const recorder = await candidate.steps.startRecording();
    expect(recorder.mimeType).toMatch(/^video\/webm/);
    await waitFor(async () => (await durableChunks(system, candidate.interviewId)) >= 2, {
      what: 'chunks on the server',
    });
    await flushRedis(system);
    await recordedFor(() => recorder, 10);
    await send(candidate);
    await expectSameBytes(candidate);
    expect(candidate.person.problems()).toEqual([]);
  });

  it('plays progressively while the worker that was transcoding it is dead', async () => {
    await waitFor(async () => (await filesAtWork(system)).includes('rendition.mp4'), {
      what: 'the worker to transcode',
      timeoutMs: 60_000,
    });
    await system.worker.kill();
    await flushRedis(system);
    expect((await answer()).mediaState).toBe('playable');
    reviewer = await browser.person({ name: 'kill-reviewer' });
    await signIn(reviewer, system.url, organisation.members[1]!);
    await openClip();
    expect(await playedAddress()).toMatch(/\/renditions\/progressive$/);
    await reviewer.picture('progressive');
  });

  it('is finished after the worker came back, and plays through HLS', async () => {
    await system.worker.start();
    await answersFinished(system);
    expect((await answer()).mediaState).toBe('finished');
    const renditions = await queryDatabase<{ kind: string }>(
      system,
      `SELECT kind FROM rendition JOIN answer ON answer.id = rendition.answer_id
        WHERE answer.interview_id = $1 ORDER BY kind`,
      [candidate.interviewId],
    );
    expect(renditions.map(({ kind }) => kind)).toEqual(['hls_720', 'progressive']);
    await waitFor(async () => (await filesAtWork(system)).length === 0, { what: 'an empty work directory' });
    await openClip();
    expect(await playedAddress()).toMatch(/^blob:/);
    await reviewer.picture('hls');
    expect(reviewer.problems()).toEqual([]);
  });

  it('leaves no broken promise behind', () => invariantsHold(system));

  async function answer(): Promise<{ id: string; mediaState: string }> {
    const [row] = await queryDatabase<{ id: string; mediaState: string }>(
      system,
      'SELECT id, media_state AS "mediaState" FROM answer WHERE interview_id = $1',
      [candidate.interviewId],
    );
    return row!;
  }

  /** This candidate's clip in the reviewer's workspace, opened anew. */
  async function openClip(): Promise<void> {
    const [batch] = await readyBatches(organisation.members[1]!);
    const { id } = await answer();
    await reviewer.page.goto(`${system.url}/review/${batch!.roundId}/${batch!.questionId}?clip=${id}`);
    await reviewer.page.locator('video').waitFor();
  }

  async function playedAddress(): Promise<string> {
    const video = reviewer.page.locator('video');
    await reviewer.page.keyboard.press('Space');
    expectPlaying(await watchAndListen(video));
    return video.evaluate((element) => (element as HTMLVideoElement).currentSrc);
  }
});
