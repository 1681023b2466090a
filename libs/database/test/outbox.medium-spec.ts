import { startTestPostgres, type TestPostgres } from '@fairtake/testing';
import { v7 as uuidv7 } from 'uuid';
import type { ClaimedJob, Database } from '../src';
import { createTestDatabase, type TestDatabase } from '../src/testing';

let postgres: TestPostgres;
let fixture: TestDatabase;
let database: Database;
const minute = 60_000;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  fixture = await createTestDatabase(postgres.superuserUrl);
  database = fixture.database;
});
afterEach(() => fixture.drop());
afterAll(() => postgres.stop());

const makeOrganisation = async (name: string): Promise<string> => {
  const created = await database.ops.installation.createOrganisationWithAdmin({
    organisation: { name },
    admin: { name, email: `${name}@example.org`, passwordHash: 'hash' },
  });
  return created!.organisationId;
};

const ask = (organisationId: string, count: number): Promise<void> =>
  database.inOrganisation(organisationId, async (tx) => {
    for (let i = 0; i < count; i += 1) {
      await tx.outbox.add('finish-answer', { organisationId, answerId: uuidv7(), generation: 1 });
    }
  });

const shares = (claimed: ClaimedJob[], organisations: string[]): number[] =>
  organisations.map((id) => claimed.filter((job) => job.organisationId === id).length);

test('an intent is kept once, whatever became of it', async () => {
  const organisationId = await makeOrganisation('one');
  const payload = { organisationId, answerId: uuidv7(), generation: 1 };
  const add = (name: 'finish-answer' | 'prepare-answer', generation = 1): Promise<boolean> =>
    database.inOrganisation(organisationId, (tx) => tx.outbox.add(name, { ...payload, generation }));
  expect(await add('finish-answer')).toBe(true);
  expect(await add('finish-answer')).toBe(false);
  expect(await add('finish-answer', 2)).toBe(true);
  expect(await add('prepare-answer')).toBe(true);
  for (const job of await database.ops.outbox.claimDueJobs({ limit: 9, perOrganisation: 9 })) {
    await database.inOrganisation(organisationId, (tx) => tx.outbox.markDone(job.jobId));
  }
  expect(await add('finish-answer')).toBe(false);
  expect(await database.ops.outbox.countByState()).toEqual({ pending: 0, enqueued: 0, done: 3, dead: 0 });
});

test('a payload that is not the contract is refused', async () => {
  const organisationId = await makeOrganisation('one');
  const wrong = { organisationId, answerId: 'x', generation: 1 };
  const work = database.inOrganisation(organisationId, (tx) => tx.outbox.add('finish-answer', wrong));
  await expect(work).rejects.toThrow('answerId');
});

test('a claim carries the payload, its delivery and its turn', async () => {
  const organisationId = await makeOrganisation('one');
  await ask(organisationId, 1);
  const [job] = await database.ops.outbox.claimDueJobs({ limit: 5, perOrganisation: 5 });
  expect(job).toEqual({
    ...{ organisationId, jobId: expect.any(String), name: 'finish-answer', delivery: 1, turn: 1 },
    payload: { organisationId, answerId: expect.any(String), generation: 1 },
  });
  expect(await database.ops.outbox.claimDueJobs({ limit: 5, perOrganisation: 5 })).toEqual([]);
  await ask(organisationId, 1);
  const [second] = await database.ops.outbox.claimDueJobs({ limit: 5, perOrganisation: 5 });
  expect(second).toMatchObject({ delivery: 1, turn: 2 });
});

test('a crowded organisation does not stand before a small one', async () => {
  const [crowded, small] = [await makeOrganisation('crowded'), await makeOrganisation('small')];
  await ask(crowded, 30);
  await ask(small, 3);
  const first = await database.ops.outbox.claimDueJobs({ limit: 4, perOrganisation: 10 });
  expect(shares(first, [crowded, small])).toEqual([2, 2]);
  const second = await database.ops.outbox.claimDueJobs({ limit: 100, perOrganisation: 10 });
  expect(shares(second, [crowded, small])).toEqual([8, 1]);
  await ask(small, 1);
  const third = await database.ops.outbox.claimDueJobs({ limit: 100, perOrganisation: 10 });
  expect(shares(third, [crowded, small])).toEqual([0, 1]);
});

test('relays that run at once never share a job', async () => {
  const organisations = [await makeOrganisation('a'), await makeOrganisation('b')];
  for (const id of organisations) await ask(id, 20);
  const claims = await Promise.all(
    Array.from({ length: 8 }, () => database.ops.outbox.claimDueJobs({ limit: 10, perOrganisation: 100 })),
  );
  const ids = claims.flat().map((job) => job.jobId);
  expect(new Set(ids).size).toBe(ids.length);
  const { pending, enqueued } = await database.ops.outbox.countByState();
  expect([enqueued, pending + enqueued]).toEqual([ids.length, 40]);
});

test('a run begins once per delivery, under its own name, and counts', async () => {
  const organisationId = await makeOrganisation('one');
  await ask(organisationId, 1);
  const [job] = await database.ops.outbox.claimDueJobs({ limit: 2, perOrganisation: 5 });
  await database.inOrganisation(organisationId, async ({ outbox }) => {
    expect(await outbox.begin('prepare-answer', job!)).toBeNull();
    expect(await outbox.begin('finish-answer', { jobId: uuidv7(), delivery: 1 })).toBeNull();
    expect(await outbox.begin('finish-answer', { ...job!, delivery: 2 })).toBeNull();
    expect(await outbox.begin('finish-answer', job!)).toEqual({ payload: job!.payload, attempts: 1 });
    expect(await outbox.keepAlive(job!)).toBe(true);
    expect(await outbox.keepAlive({ ...job!, delivery: 2 })).toBe(false);
  });
  const stranger = await makeOrganisation('two');
  await database.inOrganisation(stranger, async ({ outbox }) => {
    expect(await outbox.begin('finish-answer', job!)).toBeNull();
  });
});

test('a failed job waits for its time, a dead one is left alone', async () => {
  const organisationId = await makeOrganisation('one');
  await ask(organisationId, 2);
  const [later, dead] = await database.ops.outbox.claimDueJobs({ limit: 2, perOrganisation: 5 });
  const soon = new Date(Date.now() + minute);
  const retry = { availableAt: soon, error: 'ffmpeg said no', counted: true };
  await database.inOrganisation(organisationId, async (tx) => {
    await tx.outbox.begin('finish-answer', later!);
    expect(await tx.outbox.retryAt(later!, retry)).toBe(true);
    expect(await tx.outbox.markDead(dead!, 'hopeless')).toBe(true);
    expect(await tx.outbox.markDone(dead!.jobId)).toBe(false);
    expect(await tx.outbox.find(later!.jobId)).toMatchObject({
      ...{ state: 'pending', lastError: 'ffmpeg said no', attempts: 1 },
    });
  });
  const options = { limit: 5, perOrganisation: 5 };
  expect(await database.ops.outbox.claimDueJobs(options)).toEqual([]);
  const again = await database.ops.outbox.claimDueJobs({ ...options, at: soon });
  expect(again).toMatchObject([{ jobId: later!.jobId, delivery: 2 }]);
  await database.inOrganisation(organisationId, async (tx) => {
    // The first delivery's worker wakes up late: nothing it says counts.
    expect(await tx.outbox.retryAt(later!, retry)).toBe(false);
    expect(await tx.outbox.markDead(later!, 'late')).toBe(false);
    expect(await tx.outbox.begin('finish-answer', again[0]!)).toMatchObject({ attempts: 2 });
    expect(await tx.outbox.retryAt(again[0]!, { ...retry, counted: false })).toBe(true);
    expect(await tx.outbox.find(later!.jobId)).toMatchObject({ state: 'pending', attempts: 1 });
  });
});

test('jobs lost with their queue come back, those seen waiting do not', async () => {
  const organisationId = await makeOrganisation('one');
  await ask(organisationId, 3);
  const { outbox } = database.ops;
  const at = new Date();
  const claimed = await outbox.claimDueJobs({ limit: 5, perOrganisation: 5, at });
  expect(await outbox.listSilent({ silentMs: minute, limit: 5, at })).toEqual([]);
  const inTwoMinutes = new Date(at.getTime() + 2 * minute);
  const listed = await outbox.listSilent({ silentMs: minute, limit: 5, at: inTwoMinutes });
  expect(listed.map((job) => job.jobId).sort()).toEqual(claimed.map((job) => job.jobId).sort());

  expect(await outbox.keepAlive(claimed.slice(0, 1), inTwoMinutes)).toBe(1);
  expect(await outbox.listSilent({ silentMs: minute, limit: 5, at: inTwoMinutes })).toHaveLength(2);
  expect(await outbox.requeue(claimed.slice(1), at)).toBe(2);
  expect(await outbox.requeue([], at)).toBe(0);
  expect(await outbox.requeue(claimed.slice(1), at)).toBe(0);
  const again = await outbox.claimDueJobs({ limit: 5, perOrganisation: 5, at: inTwoMinutes });
  expect(again.map((job) => job.delivery)).toEqual([2, 2]);
  expect(await outbox.requeue(claimed, at)).toBe(1);
});
