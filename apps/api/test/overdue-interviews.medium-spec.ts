import { limits } from '@fairtake/contracts';
import type { TenantContext } from '@fairtake/database';
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
let openPosition: () => ReturnType<RecruitingClient['openPosition']>;
let organisationId: string;

const minuteMs = 60_000;

beforeEach(async () => {
  service = await startTestApp();
  const { people, ...ours } = (await buildWorld(service.database)).ours;
  organisationId = ours.organisationId;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  openPosition = () =>
    recruiter.openPosition({
      questions: [questionDraft(), questionDraft()],
      deadlineAt: new Date(Date.now() + 10 * minuteMs).toISOString(),
      reviewerIds: [people.assigned.memberId],
    });
  const position = await openPosition();
  questionIds = position.questions.map((question) => question.questionId);
  candidate = await recruiter.candidate(position.positionId);
});
afterEach(() => service?.close());

const sweep = (): Promise<void> => service.app.get(OverdueInterviewsService).sweep();

const inOurs = <T>(work: (tx: TenantContext) => Promise<T>): Promise<T> =>
  service.database.inOrganisation(organisationId, work);

/** Its reply cannot be promised any more. */
const spoil = (interviewId: string): Promise<unknown> =>
  inOurs((tx) =>
    tx.em.query(
      `UPDATE position SET time_zone = 'Nowhere' WHERE id = (SELECT position_id FROM interview WHERE id = $1)`,
      [interviewId],
    ),
  );

describe('when the time of an interview is over', () => {
  it('sends what was kept, after the grace for late recordings and not before', async () => {
    await candidate.answer(questionIds[0]!);
    // An answer of a minute with its grace may begin at the deadline.
    const longestMs = (60 + limits.graceSeconds) * 1000;
    service.clock.advance(10 * minuteMs + limits.deadlineGraceSeconds * 1000 + longestMs - minuteMs);
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

  it('sends the others when one cannot be sent, and logs that one', async () => {
    await candidate.answer(questionIds[0]!);
    const another = await openPosition();
    await (await recruiter.candidate(another.positionId)).answer(another.questions[0]!.questionId);
    service.clock.advance(24 * 60 * minuteMs);
    const [failing, other] = await inOurs((tx) => tx.deadlines.listOverdue(service.clock.now(), new Date(0)));
    await spoil(failing!);
    await sweep();
    const states = await inOurs(async (tx) =>
      Promise.all([failing!, other!].map(async (id) => (await tx.interviews.find(id))!.state)),
    );
    expect(states).toEqual(['started', 'submitted']);
    expect(service.log()).toContain(`"interviewId":"${failing}"`);
  });

  it('waits for a recording that started in time', async () => {
    await candidate.answer(questionIds[0]!);
    service.clock.advance(9 * minuteMs);
    await candidate.upload(questionIds[1]!);
    service.clock.advance(minuteMs + limits.deadlineGraceSeconds * 1000 + 1_000);
    await sweep();
    expect((await candidate.show()).state).toBe('started');
    service.clock.advance(5 * minuteMs);
    await sweep();
    expect((await candidate.show()).state).toBe('submitted');
  });
});
