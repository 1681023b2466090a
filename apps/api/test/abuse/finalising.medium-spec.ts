import type { FinalisedTake, FinaliseTake, PositionView, Problem, TakeLease } from '@fairtake/contracts';
import { syntheticFragment } from '@fairtake/media/testing';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import { recording, sha256, type CandidateClient } from '../candidate-client';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';
import { manifestOf } from '../world-interviews';

let service: TestApp;
let world: World;
let position: PositionView;
let recruiter: RecruitingClient;
let candidate: CandidateClient;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  const { people } = world.ours;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({ reviewerIds: [people.assigned.memberId] });
});
afterAll(() => service?.close());

const newCandidate = async (): Promise<void> => {
  candidate = await recruiter.candidate(position.positionId);
};
const questionId = (): string => position.questions[0]!.questionId;
const pieces = recording();
const manifest = manifestOf(pieces);

describe('finalising refuses', () => {
  let take: TakeLease;
  beforeAll(async () => {
    await newCandidate();
    take = await candidate.upload(questionId(), pieces);
  });
  const [segment] = manifest.segments as [FinaliseTake['segments'][number]];
  const post = (body: object, takeId = take.takeId) => ({
    ...{ method: 'POST', path: `${candidate.path}/takes/${takeId}/finalise`, cookies: candidate.cookies },
    body: { ...manifest, ...body },
  });
  refuses(
    () => service,
    [
      ['no segments', () => post({ segments: [] }), 400, 'body_invalid'],
      ['a segment of nothing', () => post({ segments: [{ ...segment, count: 0 }] }), 400, 'body_invalid'],
      ['a count below zero', () => post({ segments: [{ ...segment, count: -1 }] }), 400, 'body_invalid'],
      ['half a chunk', () => post({ segments: [{ ...segment, count: 1.5 }] }), 400, 'body_invalid'],
      [
        'a count beyond every take',
        () => post({ segments: [{ ...segment, count: 2 ** 31 }] }),
        400,
        'body_invalid',
      ],
      [
        'segments that only together are too many',
        () => post({ segments: Array.from({ length: 64 }, () => ({ ...segment, count: 4_000 })) }),
        400,
        'body_invalid',
      ],
      [
        '65 segments',
        () => post({ segments: Array.from({ length: 65 }, () => segment) }),
        400,
        'body_invalid',
      ],
      [
        'a digest in capitals',
        () => post({ segments: [{ ...segment, sha256: segment.sha256.toUpperCase() }] }),
        400,
        'body_invalid',
      ],
      ['a duration below zero', () => post({ durationMs: -1 }), 400, 'body_invalid'],
      ['a duration of days', () => post({ durationMs: 1e9 }), 400, 'body_invalid'],
      ['fewer chunks than there are', () => post(manifestOf(pieces.slice(0, 2))), 409, 'manifest_differs'],
      [
        'another size',
        () => post({ segments: [{ ...segment, sizeBytes: segment.sizeBytes + 1 }] }),
        409,
        'manifest_differs',
      ],
      [
        'another digest',
        () => post({ segments: [{ ...segment, sha256: 'a'.repeat(64) }] }),
        409,
        'manifest_differs',
      ],
      ['chunks in another order', () => post(manifestOf([...pieces].reverse())), 409, 'manifest_differs'],
      ['a take that never was', () => post({}, uuidv7()), 404, 'not_found'],
      ["another candidate's take", () => post({}, world.ours.takes.finalised.takeId), 404, 'not_found'],
      ["another organisation's take", () => post({}, world.theirs.takes.finalised.takeId), 404, 'not_found'],
    ],
  );

  test('and after all that the right manifest is accepted: twenty times at once, and once more', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => candidate.finalise(take.takeId, manifest)),
    );
    replies.push(await candidate.finalise(take.takeId, manifest));
    expect(new Set(replies.map((reply) => `${reply.status} ${reply.text}`)).size).toBe(1);
    expect(replies[0]!.json<FinalisedTake>()).toMatchObject({
      verdict: 'complete',
      segments: [{ sha256: sha256(Buffer.concat(pieces)) }],
    });
    expectProblem(
      await candidate.finalise(take.takeId, manifestOf(pieces.slice(1))),
      409,
      'manifest_differs',
    );
    expectProblem(
      await candidate.finalise(take.takeId, manifestOf([...pieces, pieces[0]!])),
      409,
      'chunks_missing',
    );
  });
});

test('a segment opened for a chunk that never came is no part of the answer', async () => {
  await newCandidate();
  const { takeId, lease } = await candidate.upload(questionId(), pieces);
  const { organisationId } = world.ours;
  await service.database.inOrganisation(organisationId, (tx) => tx.segments.open(takeId, 1, lease));
  for (let i = 0; i < 2; i += 1)
    expect((await candidate.finalise(takeId, manifest)).json<FinalisedTake>().segments).toHaveLength(1);
  expect((await candidate.keep(takeId)).status).toBe(200);
  const media = await service.database.inOrganisation(organisationId, async (tx) => {
    const [row] = await tx.em.query<{ id: string }[]>(`SELECT id FROM answer WHERE kept_take_id = $1`, [
      takeId,
    ]);
    return tx.media.list([row!.id]);
  });
  expect(media).toMatchObject([{ mediaState: 'playable', indexed: true, durationSeconds: 4 }]);
});

test('ten thousand fragments in a chunk are received whole, but not listed', async () => {
  await newCandidate();
  const crumbs = Buffer.concat(
    Array.from({ length: 9_000 }, (_, i) =>
      syntheticFragment([{ trackId: 1, startTicks: i, sampleDurations: [90_000] }], 0),
    ),
  );
  const sent = [pieces[0]!, crumbs, crumbs];
  const takeId = await candidate.answer(questionId(), sent);
  const kept = await service.database.inOrganisation(world.ours.organisationId, async (tx) => ({
    answer: await tx.em.query(`SELECT media_state FROM answer WHERE kept_take_id = $1`, [takeId]),
    segments: await tx.segments.list(takeId),
  }));
  expect(kept.answer).toEqual([{ media_state: 'processing' }]);
  expect(kept.segments).toMatchObject([{ chunkCount: 3, init: null, fragments: null }]);
});

describe('chunks in any order', () => {
  const many = Array.from({ length: 12 }, (_, i) => Buffer.alloc(1 + i, `${i}`));
  const clip = [recording()[0]!, ...recording(6).slice(1), ...many];
  const whole = sha256(Buffer.concat(clip));
  let take: TakeLease;
  const fresh = async (): Promise<void> => {
    await newCandidate();
    take = (await candidate.openTake(questionId())).json<TakeLease>();
  };

  test('any permutation with any repetition is the same as once in order', async () => {
    const order = fc
      .shuffledSubarray([...clip.keys()], { minLength: clip.length })
      .chain((once) =>
        fc.array(fc.constantFrom(...clip.keys()), { maxLength: 8 }).map((again) => [...once, ...again]),
      )
      .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 5 }), async (indexes, inFlight) => {
        await fresh();
        const replies: number[] = [];
        for (let at = 0; at < indexes.length; at += inFlight)
          replies.push(
            ...(
              await Promise.all(
                indexes
                  .slice(at, at + inFlight)
                  .map((index) => candidate.putChunk({ ...take, index }, clip[index]!)),
              )
            ).map((reply) => reply.status),
          );
        expect(replies.filter((status) => status === 201)).toHaveLength(clip.length);
        expect(replies.filter((status) => status === 200)).toHaveLength(indexes.length - clip.length);
        const reply = await candidate.finalise(take.takeId, manifestOf(clip));
        expect(reply.json<FinalisedTake>().segments).toEqual([
          { sizeBytes: Buffer.concat(clip).length, sha256: whole },
        ]);
      }),
      { numRuns: 6 },
    );
  });

  test('whatever is missing is named exactly, and finalising goes on once it has come', async () => {
    const missing = fc.shuffledSubarray([...clip.keys()], { minLength: 1, maxLength: clip.length - 1 });
    await fc.assert(
      fc.asyncProperty(missing, async (lost) => {
        await fresh();
        const sent = [...clip.keys()].filter((index) => !lost.includes(index));
        await Promise.all(sent.map((index) => candidate.putChunk({ ...take, index }, clip[index]!)));
        const refused = candidate.finalise(take.takeId, manifestOf(clip));
        const problem = (await refused).json<Problem>();
        expect(problem).toMatchObject({
          ...{ status: 409, code: 'chunks_missing' },
          missing: [{ segment: 0, indexes: [...lost].sort((a, b) => a - b) }],
        });
        // The rest may still be on its way when finalise is asked again.
        const [reply] = await Promise.all([
          candidate.finalise(take.takeId, manifestOf(clip)),
          ...lost.map((index) => candidate.putChunk({ ...take, index }, clip[index]!)),
        ]);
        expect(reply.json<FinalisedTake>()).toMatchObject({ segments: [{ sha256: whole }] });
      }),
      { numRuns: 4 },
    );
  });

  test('a chunk that arrives beside finalise is part of the manifest or refused: never silently added', async () => {
    for (let round = 0; round < 5; round += 1) {
      await newCandidate();
      take = await candidate.upload(questionId(), pieces);
      const [finalised, late] = await Promise.all([
        candidate.finalise(take.takeId, manifest),
        candidate.putChunk({ ...take, index: pieces.length }, Buffer.from('late')),
      ]);
      if (late.status === 201) expectProblem(finalised, 409, 'manifest_differs');
      else {
        expectProblem(late, 409, 'take_closed');
        expect(finalised.status).toBe(200);
      }
    }
  });
});
