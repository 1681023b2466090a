import type { PositionView, TakeLease, TakeStatus } from '@fairtake/contracts';
import { waitFor } from '@fairtake/testing';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem } from '../abuse';
import { CandidateClient } from '../candidate-client';
import type { HttpReply } from '../http-client';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld } from '../world';

let service: TestApp;
let organisationId: string;
let position: PositionView;
let recruiter: RecruitingClient;
let candidate: CandidateClient;
let second: CandidateClient;
let take: TakeLease;

beforeAll(async () => {
  service = await startTestApp();
  const { ours } = await buildWorld(service.database);
  const { people } = ours;
  ({ organisationId } = ours);
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({ reviewerIds: [people.assigned.memberId] });
});
afterEach(() => service.clock.reset());
afterAll(() => service?.close());

const questionId = (): string => position.questions[0]!.questionId;
const bytes = Buffer.from('a chunk of a recording');
const heldChunks = async (): Promise<TakeStatus['segments']> =>
  (await candidate.status(take.takeId)).json<TakeStatus>().segments;

beforeEach(async () => {
  const { token } = await recruiter.invite(position.positionId);
  [candidate, second] = [
    await CandidateClient.arrive(service.http, token),
    await CandidateClient.arrive(service.http, token),
  ];
  await candidate.consent();
  take = (await candidate.openTake(questionId())).json<TakeLease>();
  await candidate.putChunk({ ...take, index: 0 }, bytes);
});

test('the second is told, and may take over; no segment is ever written by both', async () => {
  const { takeId } = take;
  expectProblem(await second.openTake(questionId(), { takeId }), 409, 'take_elsewhere');
  expectProblem(await second.openTake(questionId()), 409, 'take_elsewhere');
  const taken = (await second.openTake(questionId(), { takeId, takeOver: true })).json<TakeLease>();
  expect(taken).toMatchObject({ takeId, nextSegment: 1, takeNumber: take.takeNumber });
  expect(taken.lease).not.toBe(take.lease);
  // Late chunks of the old lease still reach their own segment, never a new one.
  expect((await candidate.putChunk({ ...take, index: 1 }, bytes)).status).toBe(201);
  expectProblem(await candidate.putChunk({ ...take, segment: 1, index: 0 }, bytes), 409, 'lease_lost');
  expectProblem(await second.putChunk({ ...taken, segment: 0, index: 2 }, bytes), 409, 'lease_lost');
  expect((await second.putChunk({ ...taken, segment: 1, index: 0 }, bytes)).status).toBe(201);
  expect(await heldChunks()).toMatchObject([{ contiguous: 2 }, { contiguous: 1 }]);
});

test('a chunk that meets a take-over half done does not get into the segment of the new lease', async () => {
  const { takeId } = take;
  const lease = uuidv7();
  let late: Promise<HttpReply> | undefined;
  await service.database.inOrganisation(organisationId, async (tx) => {
    await tx.takes.takeOver(takeId, lease, uuidv7(), new Date());
    await tx.segments.open(takeId, 1, lease);
    late = candidate.putChunk({ ...take, segment: 1, index: 0 }, bytes);
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await waitFor(async () => (await tx.em.query<unknown[]>(waiting)).length > 0, {
      what: 'the chunk to wait for the take-over',
    });
  });
  expectProblem((await late)!, 409, 'lease_lost');
  expect(await heldChunks()).toMatchObject([
    { segment: 0, contiguous: 1 },
    { segment: 1, sizeBytes: 0 },
  ]);
});

test('a device that fell silent half a minute ago is not asked', async () => {
  service.clock.advance(31_000);
  expect((await second.openTake(questionId(), { takeId: take.takeId })).status).toBe(200);
});

test('a chunk shows that the device lives', async () => {
  service.clock.advance(29_000);
  await candidate.putChunk({ ...take, index: 1 }, bytes);
  service.clock.advance(29_000);
  expectProblem(await second.openTake(questionId(), { takeId: take.takeId }), 409, 'take_elsewhere');
});
