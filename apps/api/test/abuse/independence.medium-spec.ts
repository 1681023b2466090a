import type { Board, Comparison, ReviewBatch, ReviewReply } from '@fairtake/contracts';
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { ReviewRound } from '../review-round';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type Person, type World } from '../world';

let service: TestApp;
let world: World;
let round: ReviewRound;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  round = await ReviewRound.open(service, world.ours);
  // Comparing takes two.
  await round.sendAnswer();
});
afterAll(() => service?.close());

const people = () => world.ours.people;

beforeEach(() => round.sendAnswer());

const compareQuery = async (): Promise<string> => {
  const rows = (
    await round.get(people().recruiter, `/api/v1/positions/${round.position.positionId}/interviews`)
  ).json<Board>();
  const other = rows.data.find((row) => row.interviewId !== round.interviewId)!;
  return new URLSearchParams({ interviews: `${round.interviewId},${other.interviewId}` }).toString();
};
/** Every address where a member could look for what others think. */
const everywhere = async (who: Person): Promise<string> => {
  const urls = [
    '/api/v1/review/batches',
    round.batchPath,
    round.path,
    '/api/v1/positions',
    `/api/v1/positions/${round.position.positionId}`,
    `/api/v1/positions/${round.position.positionId}/interviews`,
    `/api/v1/positions/${round.position.positionId}/compare?${await compareQuery()}`,
    '/api/v1/members',
  ];
  return (await Promise.all(urls.map((url) => round.get(who, url)))).map((reply) => reply.text).join('\n');
};

test("others' words and scores are in no byte before one's own are in, and all there after", async () => {
  const { assigned, unassigned, recruiter: reader } = people();
  const secret = `opinion ${randomBytes(8).toString('hex')}`;
  const comments = [{ commentId: uuidv7(), atSeconds: 2, text: secret }];
  await round.save(assigned, {
    comments,
    scores: [round.scoreOf(0, { level: 1 }), round.scoreOf(1, { level: 1 })],
  });
  for (const who of [unassigned, reader]) expect(await everywhere(who)).not.toContain(secret);
  await round.submit(assigned);
  for (const who of [unassigned, reader]) {
    expect(await everywhere(who)).not.toContain(secret);
    await round.save(who, { scores: [round.scoreOf(0, { level: 5 }), round.scoreOf(1, { level: 5 })] });
    const waiting = (await round.get(who)).json<ReviewReply>();
    expect(waiting).toMatchObject({ others: [], othersWithheld: true });
    expect(await everywhere(who)).not.toContain(secret);
  }
  // The recruiter owes a review: compare shows no dots of this interview, the board no score.
  const owing = await round.get(
    reader,
    `/api/v1/positions/${round.position.positionId}/compare?${await compareQuery()}`,
  );
  const pane = owing.json<Comparison>().panes[0]!;
  expect(pane).toMatchObject({ interviewId: round.interviewId, withheld: true, comments: [] });
  expect(pane.cells.flatMap((cell) => cell.dots)).toEqual([]);
  expect(owing.json<Comparison>().matrix[0]).toMatchObject({ score: null, low: null, high: null });
  await round.submit(unassigned);
  expect(await everywhere(unassigned)).toContain(secret);
  expect(await everywhere(reader)).not.toContain(secret);
  const seen = await round.submit(reader);
  expect(seen.json<ReviewReply>().others).toHaveLength(2);
  const after = await round.get(
    reader,
    `/api/v1/positions/${round.position.positionId}/compare?${await compareQuery()}`,
  );
  expect(after.json<Comparison>().panes[0]).toMatchObject({
    withheld: false,
    comments: [{ text: secret, atSeconds: 2 }],
  });
  expect(after.json<Comparison>().panes[0]!.cells[0]).toMatchObject({ median: 5, split: true });
});

test('a draft is shown to nobody, even after theirs is in', async () => {
  const { assigned, unassigned } = people();
  const secret = `draft ${randomBytes(8).toString('hex')}`;
  await round.save(assigned, { comments: [{ commentId: uuidv7(), atSeconds: null, text: secret }] });
  await round.save(unassigned);
  await round.submit(unassigned);
  for (const who of [unassigned, people().recruiter, people().admin])
    expect(await everywhere(who)).not.toContain(secret);
});

test('a blind batch carries no name, and each reviewer has an order of their own', async () => {
  for (let i = 0; i < 3; i += 1) await round.sendAnswer();
  const batches = await Promise.all(
    [people().assigned, people().unassigned, people().recruiter].map((who) =>
      round.get(who, round.batchPath),
    ),
  );
  for (const batch of batches) expect(batch.text).not.toContain('Secretname');
  const orders = batches.map((batch) => batch.json<ReviewBatch>().clips.map((clip) => clip.answerId));
  expect(new Set(orders.map((order) => order.join())).size).toBe(3);
  expect(new Set(orders.map((order) => [...order].sort().join())).size).toBe(1);
  const again = (await round.get(people().assigned, round.batchPath)).json<ReviewBatch>();
  expect(again.clips.map((clip) => clip.answerId)).toEqual(orders[0]);
});
