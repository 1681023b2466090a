import type { FinalisedTake, TakeLease, TakeStatus } from '@fairtake/contracts';
import { startTestS3, type TestS3 } from '@fairtake/testing';
import { startApiProcess, type ApiProcess } from './api-process';
import { CandidateClient, recording, sha256 } from './candidate-client';
import { RecruitingClient } from './recruiting-client';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld, type World } from './world';
import { manifestOf } from './world-interviews';

// A dozen processes start and die here; on a busy machine each takes seconds.
jest.setTimeout(240_000);

const pieces = recording(4, 100_000);
const manifest = manifestOf(pieces);
/** The chunk that is on its way when the process is killed; the one before it was acknowledged. */
const hit = 1;

/** Whether the killed request left a row: what is answered when it is sent again. */
const chunkKills = {
  'chunk.before_put': 201,
  'storage.after_temp': 201,
  'storage.after_sync': 201,
  'storage.after_rename': 201,
  'chunk.after_put': 201,
  'chunk.after_commit': 200,
} as const;
type ChunkKill = keyof typeof chunkKills;
const finaliseKills = ['finalise.before_commit', 'finalise.after_commit'] as const;

describe.each([
  {
    store: 'disk' as const,
    chunks: Object.keys(chunkKills) as ChunkKill[],
    finalise: [...finaliseKills],
  },
  {
    store: 's3' as const,
    chunks: ['storage.after_rename', 'chunk.after_commit'] as ChunkKill[],
    finalise: [finaliseKills[0]],
  },
])('killed on $store', ({ store, chunks, finalise }) => {
  let s3: TestS3 | undefined;
  let service: TestApp;
  let world: World;
  let env: Record<string, string> = {};
  /** Started once everything was killed: the same data, a new process. */
  let restarted: ApiProcess;
  const interrupted = new Map<string, { candidate: CandidateClient; take: TakeLease }>();

  beforeAll(async () => {
    if (store === 's3') {
      s3 = await startTestS3();
      env = {
        ...{ STORAGE_KIND: 's3', S3_ENDPOINT: s3.endpoint, S3_REGION: s3.region, S3_BUCKET: s3.bucket },
        ...{ S3_ACCESS_KEY_ID: s3.accessKeyId, S3_SECRET_ACCESS_KEY: s3.secretAccessKey },
        S3_FORCE_PATH_STYLE: 'true',
      };
    }
    service = await startTestApp(env);
    world = await buildWorld(service.database);
    const { people } = world.ours;
    const recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
    const position = await recruiter.openPosition({ reviewerIds: [people.assigned.memberId] });
    for (const fault of [...chunks, ...finalise]) {
      const candidate = await recruiter.candidate(position.positionId);
      const take = (await candidate.openTake(position.questions[0]!.questionId)).json<TakeLease>();
      interrupted.set(fault, { candidate, take });
      for (const [index, piece] of pieces.entries())
        if (finalise.some((name) => name === fault) || index !== hit)
          expect((await candidate.putChunk({ ...take, index }, piece)).status).toBe(201);
    }
    const waiting = [...interrupted.keys()];
    const killNext = async (): Promise<void> => {
      for (let fault = waiting.shift(); fault; fault = waiting.shift()) await killAt(fault);
    };
    await Promise.all([killNext(), killNext()]);
    restarted = await startApiProcess(service, env);
  });
  afterAll(async () => {
    restarted?.stop();
    await service?.close();
    await s3?.stop();
  });

  const through = (http: TestApp['http'], fault: string) => {
    const { candidate, take } = interrupted.get(fault)!;
    return { take, candidate: new CandidateClient(http, candidate.interviewId, candidate.cookies) };
  };

  /** Sends the request of a failpoint to an api that kills itself there. */
  const killAt = async (fault: string): Promise<void> => {
    const api = await startApiProcess(service, { ...env, FAULT: `${fault}:kill` });
    try {
      const { candidate, take } = through(api.http, fault);
      const request = finalise.some((name) => name === fault)
        ? candidate.finalise(take.takeId, manifest)
        : candidate.putChunk({ ...take, index: hit }, pieces[hit]!);
      // No reply: nobody was told that anything is safe.
      await expect(request).rejects.toThrow(/hang up|ECONNRESET/);
      expect(await api.ended()).toBe('SIGKILL');
    } finally {
      api.stop();
    }
  };

  test.each(chunks)('at %s: what was acknowledged is there, the rest can be sent again', async (fault) => {
    const { candidate, take } = through(restarted.http, fault);
    const expected = chunkKills[fault];
    const status = (await candidate.status(take.takeId)).json<TakeStatus>();
    expect(status).toMatchObject({ state: 'open', segments: [{ contiguous: expected === 200 ? 3 : 1 }] });
    await expectRowsWithBytes(take.takeId, expected === 200 ? 3 : 2);
    expect((await candidate.putChunk({ ...take, index: hit }, pieces[hit]!)).status).toBe(expected);
    expect((await candidate.putChunk({ ...take, index: hit }, pieces[hit]!)).status).toBe(200);
    await expectRowsWithBytes(take.takeId, 3);
    await expectWhole(candidate, take);
  });

  test.each(finalise)('at %s: finalising again gives the proof', async (fault) => {
    const { candidate, take } = through(restarted.http, fault);
    const { state } = (await candidate.status(take.takeId)).json<TakeStatus>();
    expect(state).toBe(fault === 'finalise.after_commit' ? 'finalised' : 'open');
    await expectWhole(candidate, take);
    await expectRowsWithBytes(take.takeId, 3);
  });

  const expectWhole = async (candidate: CandidateClient, { takeId }: TakeLease): Promise<void> => {
    const reply = await candidate.finalise(takeId, manifest);
    const whole = Buffer.concat(pieces);
    expect(reply.json<FinalisedTake>()).toMatchObject({
      ...{ verdict: 'complete' },
      segments: [{ sizeBytes: whole.length, sha256: sha256(whole) }],
    });
    expect((await candidate.keep(takeId)).json()).toMatchObject({ keptTakeId: takeId });
  };

  /** Every row has its bytes; a row without them never exists, whatever was killed. */
  const expectRowsWithBytes = async (takeId: string, count: number): Promise<void> => {
    const rows = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.segments.chunks(takeId),
    );
    expect(rows).toHaveLength(count);
    for (const row of rows) expect(sha256(await service.storage.read(row.storageKey))).toBe(row.sha256);
  };

  if (store === 'disk')
    test('what killed puts left behind has no key and can be swept', async () => {
      expect(await service.storage.removeLeftovers(0)).toBe(2);
      expect(await service.storage.removeLeftovers(0)).toBe(0);
    });
});
