import { limits } from '@fairtake/contracts';
import { OverdueInterviewsService } from '../src/candidate/overdue-interviews.service';
import type { CandidateClient } from './candidate-client';
import { questionDraft } from './position-draft';
import { RecruitingClient } from './recruiting-client';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld } from './world';

let service: TestApp;
let recruiter: RecruitingClient;
let candidate: CandidateClient;
let questionIds: string[];

const minuteMs = 60_000;

beforeEach(async () => {
  service = await startTestApp();
  const { people } = (await buildWorld(service.database)).ours;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  const position = await recruiter.openPosition({
    questions: [questionDraft(), questionDraft()],
    deadlineAt: new Date(Date.now() + 10 * minuteMs).toISOString(),
    reviewerIds: [people.assigned.memberId],
  });
  questionIds = position.questions.map((question) => question.questionId);
  candidate = await recruiter.candidate(position.positionId);
});
afterEach(() => service?.close());

const sweep = (): Promise<void> => service.app.get(OverdueInterviewsService).sweep();

describe('when the time of an interview is over', () => {
  it('sends what was kept, after the grace for late recordings and not before', async () => {
    await candidate.answer(questionIds[0]!);
    service.clock.advance(10 * minuteMs + limits.deadlineGraceSeconds * 1000 - minuteMs);
    await sweep();
    expect((await candidate.show()).state).toBe('started');
    service.clock.advance(2 * minuteMs);
    await sweep();
    await sweep();
    expect((await candidate.show()).state).toBe('submitted');
  });

  it('sends nothing when nothing was kept', async () => {
    service.clock.advance(24 * 60 * minuteMs);
    await sweep();
    expect((await candidate.show()).state).toBe('started');
  });

  it('waits for a recording that started in time', async () => {
    await candidate.answer(questionIds[0]!);
    service.clock.advance(10 * minuteMs - 1_000);
    await candidate.upload(questionIds[1]!);
    service.clock.advance(limits.deadlineGraceSeconds * 1000 + 2_000);
    await sweep();
    expect((await candidate.show()).state).toBe('started');
    service.clock.advance(5 * minuteMs);
    await sweep();
    expect((await candidate.show()).state).toBe('submitted');
  });
});
