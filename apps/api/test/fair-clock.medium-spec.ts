import {
  limits,
  type CandidateAnswer,
  type CandidateInterview,
  type FinalisedTake,
  type PositionView,
  type ReviewBatch,
  type ReviewQueue,
  type TakeLease,
} from '@fairtake/contracts';
import { OverdueInterviewsService } from '../src/candidate/overdue-interviews.service';
import { expectProblem } from './abuse';
import { CandidateClient, recording } from './candidate-client';
import { questionDraft } from './position-draft';
import { RecruitingClient } from './recruiting-client';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld, type OrganisationInWorld } from './world';
import { manifestOf } from './world-interviews';

/** I10 and F35: what may begin, arrive and be sent around a deadline. The clock is moved, never waited for. */
let service: TestApp;
let recruiter: RecruitingClient;
let position: PositionView;
let candidate: CandidateClient;
let people: OrganisationInWorld['people'];
let organisationId: string;

const minute = 60_000;
const hour = 60 * minute;
const answerSeconds = 60;
const lastingMs = (answerSeconds + limits.graceSeconds) * 1000;
const graceMs = limits.deadlineGraceSeconds * 1000;
const pieces = recording();

beforeAll(async () => {
  service = await startTestApp();
  ({ people, organisationId } = (await buildWorld(service.database)).ours);
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({
    questions: [
      questionDraft({ answerSeconds, takes: 1 }),
      questionDraft({ answerSeconds, required: false }),
    ],
    reviewerIds: [people.assigned.memberId],
  });
});
beforeEach(async () => {
  service.clock.reset();
  const deadlineAt = new Date(service.clock.now().getTime() + hour).toISOString();
  candidate = await recruiter.candidate(position.positionId, { deadlineAt });
});
afterAll(() => service?.close());

const questionId = (index = 0): string => position.questions[index]!.questionId;
const sweep = (): Promise<void> => service.app.get(OverdueInterviewsService).sweep();
const offline = { startedOffline: true };
/** Moves the clock to a moment measured from the deadline. */
const at = (ms: number): void => {
  service.clock.reset();
  service.clock.advance(hour + ms);
};

describe('windows', () => {
  it('of every question are issued with the interview', async () => {
    const { questions, deadlineAt } = await candidate.show();
    for (const { window } of questions) {
      expect(window.startBeforeAt).toBe(deadlineAt);
      expect(Date.parse(window.uploadsEndAt!) - Date.parse(deadlineAt!)).toBe(lastingMs + graceMs);
    }
  });
});

describe('a recording that began', () => {
  it('before the deadline may arrive, be received and kept until the grace is over', async () => {
    at(-minute);
    const take = (await candidate.openTake(questionId())).json<TakeLease>();
    at(lastingMs + graceMs - 2 * minute);
    for (const [index, piece] of pieces.entries())
      expect((await candidate.putChunk({ ...take, index }, piece)).status).toBe(201);
    await sweep();
    expect((await candidate.finalise(take.takeId, manifestOf(pieces))).status).toBe(200);
    expect((await candidate.keep(take.takeId)).status).toBe(200);
    expect((await candidate.submit()).status).toBe(200);
  });

  it('before the deadline is refused more bytes once the grace is over', async () => {
    at(-minute);
    const take = (await candidate.openTake(questionId())).json<TakeLease>();
    await candidate.putChunk({ ...take, index: 0 }, pieces[0]!);
    at(lastingMs + graceMs + 1_000);
    expectProblem(await candidate.putChunk({ ...take, index: 1 }, pieces[1]!), 410, 'interview_over');
    expect((await candidate.status(take.takeId)).json()).toMatchObject({ segments: [{ contiguous: 1 }] });
  });

  it('days before the deadline may arrive shortly before it', async () => {
    const far = new Date(service.clock.now().getTime() + 100 * hour).toISOString();
    candidate = await recruiter.candidate(position.positionId, { deadlineAt: far });
    const take = (await candidate.openTake(questionId())).json<TakeLease>();
    service.clock.advance(90 * hour);
    expect((await candidate.putChunk({ ...take, index: 0 }, pieces[0]!)).status).toBe(201);
  });

  it('after the deadline on a page that was online is refused', async () => {
    at(1_000);
    expectProblem(await candidate.openTake(questionId()), 410, 'interview_over');
  });

  it('offline before the deadline is opened when the page comes back', async () => {
    at(-10 * minute);
    await candidate.show();
    at(hour);
    await candidate.show();
    const take = (await candidate.openTake(questionId(), offline)).json<TakeLease>();
    for (const [index, piece] of pieces.entries()) await candidate.putChunk({ ...take, index }, piece);
    await candidate.finalise(take.takeId, manifestOf(pieces));
    expect((await candidate.keep(take.takeId)).status).toBe(200);
    at(lastingMs + graceMs + 1_000);
    await sweep();
    expect((await candidate.show()).state).toBe('submitted');
  });

  it.each([
    ['who stayed in touch after the deadline', 1_000, 1_000 + (limits.lateOpenSeconds + 1) * 1000],
    ['who came back after the grace', lastingMs + graceMs + 1_000, lastingMs + graceMs + 2_000],
  ])('offline is refused to somebody %s', async (_name, seenAt, openedAt) => {
    at(-10 * minute);
    await candidate.show();
    at(seenAt);
    await candidate.show();
    at(openedAt);
    expectProblem(await candidate.openTake(questionId(), offline), 410, 'interview_over');
  });
});

describe('a take whose page vanished', () => {
  it('does not use up a try, stays open with evidence, and loses nothing when its page comes back', async () => {
    const lost = (await candidate.openTake(questionId())).json<TakeLease>();
    await candidate.putChunk({ ...lost, index: 0 }, pieces[0]!);
    expectProblem(await candidate.openTake(questionId()), 409, 'takes_used_up');
    service.clock.advance((limits.vanishedAfterSeconds + 5) * 1000);
    const [answer] = (await candidate.show()).answers;
    expect(answer).toMatchObject({ takesUsed: 0, takes: [{ takeId: lost.takeId, vanished: true }] });
    expect((await candidate.openTake(questionId())).status).toBe(200);
    const [after] = (await candidate.show()).answers;
    expect(after!.takes[0]).toMatchObject({ state: 'open', fault: { reason: 'page_closed' } });
    const { events } = await recruiter.person(candidate.interviewId);
    expect(events).toMatchObject([
      { takeId: lost.takeId, reason: 'page_closed', source: 'server', corroborated: true, questionNumber: 1 },
    ]);
    // It was only offline: minutes later the rest arrives, and it may still be the answer.
    for (const index of [1, 2])
      expect((await candidate.putChunk({ ...lost, index }, pieces[index]!)).status).toBe(201);
    expect((await candidate.finalise(lost.takeId, manifestOf(pieces))).status).toBe(200);
    expect((await candidate.keep(lost.takeId)).json()).toMatchObject({ keptTakeId: lost.takeId });
    expect((await recruiter.person(candidate.interviewId)).events).toEqual([]);
  });
});

describe('a take that a fault ended', () => {
  it('is given back with evidence for candidate and recruiter', async () => {
    const take = (await candidate.openTake(questionId())).json<TakeLease>();
    service.clock.advance(10_000);
    await candidate.putChunk({ ...take, index: 0 }, pieces[0]!);
    const reply = await candidate.send('POST', `/takes/${take.takeId}/return`, {
      body: { reason: 'device_lost' },
      headers: {
        'user-agent':
          'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
      },
    });
    const fault = { reason: 'device_lost', heldBytes: pieces[0]!.length };
    expect(reply.json<CandidateAnswer>()).toMatchObject({ takesUsed: 0, takes: [{ fault }] });
    const { events } = await recruiter.person(candidate.interviewId);
    expect(events).toMatchObject([
      { ...fault, device: 'Chrome, Android', source: 'candidate', corroborated: true },
    ]);
    expect(events[0]!.heldSeconds).toBeGreaterThanOrEqual(10);
  });

  it('is recorded by the server itself when nothing of media arrived', async () => {
    const noise = [Buffer.from('no recording at all, only words')];
    const take = await candidate.upload(questionId(), noise);
    expect((await candidate.finalise(take.takeId, manifestOf(noise))).json()).toMatchObject({
      verdict: 'no_media',
    });
    const { events } = await recruiter.person(candidate.interviewId);
    expect(events).toMatchObject([{ reason: 'no_media', source: 'server', corroborated: true }]);
  });
});

describe('a take whose recorder left an odd byte in a segment of its own', () => {
  it('is whole, is kept and plays; the byte is in nobody’s way', async () => {
    const take = await candidate.upload(questionId(), pieces);
    const odd = Buffer.from([0]);
    expect((await candidate.putChunk({ ...take, segment: 1, index: 0 }, odd)).status).toBe(201);
    const segments = [pieces, [odd]].flatMap((each) => manifestOf(each).segments);
    const closed = await candidate.finalise(take.takeId, { segments, durationMs: 4_000 });
    expect(closed.json()).toMatchObject({ verdict: 'complete', segments: [{}, {}] });
    expect((await candidate.keep(take.takeId)).json()).toMatchObject({ keptDurationSeconds: 4 });
    const media = await candidate.send('GET', `/takes/${take.takeId}/media`);
    expect(media.json()).toMatchObject({ segments: [{ mimeType: 'video/mp4' }] });
    const [row] = await service.database.inOrganisation(organisationId, (tx) =>
      tx.em.query<{ state: string }[]>(`SELECT media_state AS state FROM answer WHERE kept_take_id = $1`, [
        take.takeId,
      ]),
    );
    expect(row).toEqual({ state: 'playable' });
  });
});

describe('a take that lost a part for good', () => {
  /** Header, ten seconds in fragments of two; the piece at `lost` never comes. */
  const send = async (lost: number): Promise<TakeLease> => {
    const whole = recording(10);
    const take = (await candidate.openTake(questionId())).json<TakeLease>();
    for (const [index, piece] of whole.entries())
      if (index !== lost) await candidate.putChunk({ ...take, index }, piece);
    return take;
  };
  const salvage = (takeId: string, durationMs: number | null) =>
    candidate.send('POST', `/takes/${takeId}/salvage`, { body: { durationMs } });
  const clips = async () => {
    const { assigned } = people;
    const cookies = [assigned.cookie];
    const queue = (await service.http.get('/api/v1/review/batches', { cookies })).json<ReviewQueue>();
    const batch = queue.data.find((each) => each.positionId === position.positionId)!;
    const path = `/api/v1/review/rounds/${batch.roundId}/questions/${questionId()}`;
    return (await service.http.get(path, { cookies })).json<ReviewBatch>().clips;
  };

  it('is kept up to its gap by choice, and says to reviewers what is missing', async () => {
    const { takeId } = await send(4);
    expectProblem(await candidate.finalise(takeId, manifestOf(recording(10))), 409, 'chunks_missing');
    const closed = (await salvage(takeId, 10_000)).json<FinalisedTake>();
    expect(closed.verdict).toBe('partial');
    expect((await salvage(takeId, null)).json()).toEqual(closed);
    const kept = (await candidate.keep(takeId)).json<CandidateAnswer>();
    expect(kept).toMatchObject({ keptDurationSeconds: 6, takes: [{ missingSeconds: 4 }] });
    await candidate.submit();
    const [clip] = (await clips()).filter((each) => each.media.partialMissingSeconds !== null);
    expect(clip!.media).toMatchObject({ partialMissingSeconds: 4, durationSeconds: 6, state: 'playable' });
    // Raw bytes behind the gap stay, and are no part of what plays.
    const playlist = await service.http.get(clip!.media.sources[0]!.url, {
      cookies: [people.assigned.cookie],
    });
    expect(playlist.text).toContain('chunks/0/3');
    expect(playlist.text).not.toMatch(/chunks\/0\/[45]/);
  });

  it('is kept by the sweep once nothing can arrive any more, as an incomplete interview', async () => {
    at(-minute);
    await send(4);
    at(lastingMs + graceMs - 2 * minute);
    await sweep();
    expect((await candidate.show()).state).toBe('started');
    at(lastingMs + graceMs + minute);
    await sweep();
    expect(await candidate.show()).toMatchObject({
      state: 'submitted',
      answers: [{ kept: true, takes: [{ state: 'kept', missingSeconds: expect.any(Number) }] }],
    });
  });

  it('without its header is refused by choice, and visibly given back by the sweep', async () => {
    at(-minute);
    const { takeId } = await send(0);
    expectProblem(await salvage(takeId, 10_000), 409, 'nothing_to_salvage');
    at(lastingMs + graceMs + minute);
    await sweep();
    const [answer] = (await candidate.show()).answers;
    expect(answer!.takes[0]).toMatchObject({ state: 'returned', fault: { reason: 'no_media' } });
  });

  it('says what is missing, whatever the recorder claims', async () => {
    const { takeId } = await send(3);
    await salvage(takeId, 4_000);
    expect((await candidate.keep(takeId)).json()).toMatchObject({
      ...{ keptDurationSeconds: 4, takes: [{ missingSeconds: 6 }] },
    });
  });

  it('that arrived whole is never replaced by a part of it', async () => {
    const takeId = await candidate.answer(questionId());
    expect((await salvage(takeId, null)).json()).toMatchObject({ verdict: 'complete' });
  });
});

describe('leaving and coming back', () => {
  it('finds everything as it was, until the deadline', async () => {
    await candidate.answer(questionId());
    const before = await candidate.show();
    at(-minute);
    const after = await candidate.show();
    const told = ({ answers, questions, state }: CandidateInterview) => ({
      state,
      answers,
      questions: questions.map(({ window: _window, ...question }) => question),
    });
    expect(told(after)).toEqual(told(before));
    expect((await candidate.openTake(questionId(1))).status).toBe(200);
  });
});
