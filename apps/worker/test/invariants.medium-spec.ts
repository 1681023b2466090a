import { execFile } from 'node:child_process';
import { cp, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@fairtake/database/testing';
import { createStorage, ObjectNotFound, storageKeys, type Storage } from '@fairtake/storage';
import {
  makeTemporaryDirectory,
  startTestPostgres,
  type TemporaryDirectory,
  type TestPostgres,
} from '@fairtake/testing';
import { Client } from 'pg';
import { checkInvariants, lineOf, type CheckOptions, type Note } from '../src/invariants';
import { buildWorld, restoreRows, saveRows, store, type World } from './invariants-world';

let postgres: TestPostgres;
let fixture: TestDatabase;
let directory: TemporaryDirectory;
let storagePath: string;
let storage: Storage;
let superuser: Client;
let world: World;

beforeAll(async () => {
  postgres = await startTestPostgres();
  fixture = await createTestDatabase(postgres.superuserUrl);
  directory = await makeTemporaryDirectory({ name: 'invariants' });
  storagePath = path.join(directory.path, 'storage');
  storage = createStorage({ kind: 'disk', directory: storagePath });
  superuser = new Client({ connectionString: fixture.urls.superuser });
  await superuser.connect();
  world = await buildWorld({ database: fixture.database, storage, superuser });
  await saveRows(superuser);
  await cp(storagePath, path.join(directory.path, 'saved'), { recursive: true });
});
beforeEach(async () => {
  await restoreRows(superuser);
  await rm(storagePath, { recursive: true });
  await cp(path.join(directory.path, 'saved'), storagePath, { recursive: true });
  storage = createStorage({ kind: 'disk', directory: storagePath });
});
afterAll(async () => {
  await superuser?.end();
  await fixture?.drop();
  await directory?.remove();
  await postgres?.stop();
});

const check = async (options: Partial<CheckOptions> = {}): Promise<string[]> =>
  (await checkInvariants({ database: fixture.database, storage, ...options })).map(lineOf);
const notesOf = async (): Promise<Note[]> => {
  const notes: Note[] = [];
  expect(await check({ onNote: (note) => notes.push(note) })).toEqual([]);
  return notes;
};
/** Changes rows behind everybody's back. */
const sql = async (text: string, values: unknown[]): Promise<void> => {
  expect((await superuser.query(text, values)).rowCount).toBeGreaterThan(0);
};
const chunkKey = async (takeId: string, index: number): Promise<string> => {
  const text = 'SELECT storage_key AS key FROM chunk WHERE take_id = $1 AND index = $2';
  return (await superuser.query(text, [takeId, index])).rows[0].key;
};
const overwrite = async (key: string, change: (bytes: Buffer) => Buffer): Promise<void> => {
  await storage.put(key, change(await storage.read(key)));
};
const backwards = (bytes: Buffer): Buffer => Buffer.from(bytes).reverse();

test('a healthy world is silent, and says what was given up', async () => {
  expect(await check()).toEqual([]);
  expect(await check({ deep: false })).toEqual([]);
  expect((await notesOf()).map(({ kind, message }) => [kind, message])).toEqual([
    ['dead_job', expect.stringMatching(/^prepare-answer .* was given up after 3 attempts: unreadable$/)],
  ]);
});

/** What breaks, how, and the one line that says so; `ID` stands for the subject's id. */
const violations: [string, (world: World) => Promise<void>, (world: World) => string, RegExp][] = [
  [
    'bytes of a chunk are gone',
    async ({ finished }) => storage.delete(await chunkKey(finished.takeId, 1)),
    ({ finished }) => finished.takeId,
    /^I1 take ID: segment 0 chunk 1 has no object in storage$/,
  ],
  [
    'bytes of every chunk are gone',
    async ({ organisationId, finished: { takeId } }) => {
      await storage.deletePrefix(storageKeys.takeFolder({ organisationId, takeId }));
    },
    ({ finished }) => finished.takeId,
    /^I1 take ID: segment 0 chunk 0 has no object in storage \(and 2 more chunks\)$/,
  ],
  [
    'a chunk was cut short',
    async ({ finished }) => overwrite(await chunkKey(finished.takeId, 2), (bytes) => bytes.subarray(0, 10)),
    ({ finished }) => finished.takeId,
    /^I1 take ID: segment 0 chunk 2 has 10 bytes instead of \d+$/,
  ],
  [
    'a chunk has other bytes',
    async ({ transcoded }) => overwrite(await chunkKey(transcoded.takeId, 0), backwards),
    ({ transcoded }) => transcoded.takeId,
    /^I1 take ID: segment 0 chunk 0 has other bytes than its SHA-256 says$/,
  ],
  [
    'a chunk lies under a key that another upload can write',
    async ({ finished: { takeId } }) => {
      const key = await chunkKey(takeId, 1);
      await storage.copy(key, `${key}x`);
      await sql('UPDATE chunk SET storage_key = $2 WHERE storage_key = $1', [key, `${key}x`]);
    },
    ({ finished }) => finished.takeId,
    /^I2 take ID: segment 0 chunk 1 lies under a key of other bytes or another place$/,
  ],
  [
    'a chunk in the middle is missing',
    ({ finished }) => sql('DELETE FROM chunk WHERE take_id = $1 AND index = 1', [finished.takeId]),
    ({ finished }) => finished.takeId,
    /^I3 take ID: segment 0 chunk 1 is missing$/,
  ],
  [
    'the last chunk is missing',
    ({ transcoded }) => sql('DELETE FROM chunk WHERE take_id = $1 AND index = 2', [transcoded.takeId]),
    ({ transcoded }) => transcoded.takeId,
    /^I3 take ID: segment 0 chunk 2 is missing$/,
  ],
  [
    'every segment is missing',
    ({ transcoded }) => sql('DELETE FROM segment WHERE take_id = $1', [transcoded.takeId]),
    ({ transcoded }) => transcoded.takeId,
    /^I3 take ID: counts 3 chunks of \d+ bytes, but holds 0 of 0$/,
  ],
  [
    'the size that was proved is another',
    ({ finished }) =>
      sql('UPDATE segment SET size_bytes = size_bytes + 1 WHERE take_id = $1', [finished.takeId]),
    ({ finished }) => finished.takeId,
    /^I3 take ID: segment 0 holds \d+ bytes instead of \d+$/,
  ],
  [
    'the manifest that was proved is another',
    ({ finished }) =>
      sql('UPDATE segment SET manifest_sha256 = sha256 WHERE take_id = $1', [finished.takeId]),
    ({ finished }) => finished.takeId,
    /^I3 take ID: segment 0 does not have the digest of its manifest$/,
  ],
  [
    'the digest of the whole that was proved is another',
    ({ finished }) =>
      sql('UPDATE segment SET sha256 = manifest_sha256 WHERE take_id = $1', [finished.takeId]),
    ({ finished }) => finished.takeId,
    /^I3 take ID: segment 0 does not have the SHA-256 it was proved with$/,
  ],
  [
    'a take counts chunks it does not hold',
    ({ finished }) => sql('UPDATE take SET chunk_count = 4 WHERE id = $1', [finished.discardedTakeId]),
    ({ finished }) => finished.discardedTakeId,
    /^I3 take ID: counts 4 chunks of (\d+) bytes, but holds 3 of \1$/,
  ],
  [
    'a take was kept without a proof',
    ({ finished }) => sql('UPDATE take SET finalised_at = NULL WHERE id = $1', [finished.takeId]),
    ({ finished }) => finished.takeId,
    /^I3 take ID: is kept, but was never proved whole$/,
  ],
  [
    'an answer keeps a take that was replaced',
    ({ finished }) =>
      sql('UPDATE answer SET kept_take_id = $2 WHERE id = $1', [finished.answerId, finished.discardedTakeId]),
    ({ finished }) => finished.answerId,
    /^I3 answer ID: keeps take \S+, which is discarded$/,
  ],
  [
    'an answer keeps a take of another',
    ({ processing, failed }) =>
      sql('UPDATE answer SET kept_take_id = $2 WHERE id = $1', [processing.answerId, failed.takeId]),
    ({ processing }) => processing.answerId,
    /^I3 answer ID: keeps take \S+ of another answer$/,
  ],
  [
    'a failed answer lost its raw bytes',
    ({ failed }) => sql('DELETE FROM chunk WHERE take_id = $1', [failed.takeId]),
    ({ failed }) => failed.takeId,
    /^I4 take ID: its answer failed, and segment 0 chunk 0 is missing$/,
  ],
  [
    'a submitted answer does not end',
    async ({ processing, interviewId }) => {
      const late = new Date(Date.now() - 80 * 60_000);
      await sql('UPDATE answer SET kept_at = $2 WHERE id = $1', [processing.answerId, late]);
      await sql('UPDATE interview SET submitted_at = $2 WHERE id = $1', [interviewId, late]);
    },
    ({ processing }) => processing.answerId,
    /^I4 answer ID: is still processing 80 min after it was submitted \(limit 70 min\)$/,
  ],
  [
    'a rendition has no bytes',
    ({ transcoded }) => storage.delete(transcoded.renditionKey),
    ({ transcoded }) => transcoded.answerId,
    /^I5 answer ID: rendition hls_720 has no object in storage$/,
  ],
  [
    'a poster has other bytes',
    ({ finished }) => overwrite(finished.posterKey, backwards),
    ({ finished }) => finished.answerId,
    /^I5 answer ID: asset poster has other bytes than its SHA-256 says$/,
  ],
  [
    'nothing of a finished answer plays',
    ({ transcoded }) => sql('DELETE FROM rendition WHERE answer_id = $1', [transcoded.answerId]),
    ({ transcoded }) => transcoded.answerId,
    /^I5 answer ID: is finished, but nothing of it plays$/,
  ],
  [
    'a playlist ends behind its object',
    ({ transcoded }) =>
      sql(
        `UPDATE rendition SET fragments = jsonb_set(fragments, '{0,sizeBytes}', '100000')
          WHERE answer_id = $1 AND kind = 'hls_720'`,
        [transcoded.answerId],
      ),
    ({ transcoded }) => transcoded.answerId,
    /^I5 answer ID: rendition hls_720 names fragment 0 outside its object$/,
  ],
  [
    'a playlist from rows ends behind its chunk',
    ({ finished }) =>
      sql(`UPDATE segment SET fragments = jsonb_set(fragments, '{0,offset}', '100000') WHERE take_id = $1`, [
        finished.takeId,
      ]),
    ({ finished }) => finished.takeId,
    /^I5 take ID: segment 0 names fragment 0 outside its chunk$/,
  ],
  [
    'half of a finished answer is lost',
    ({ finished }) => sql('UPDATE answer SET duration_seconds = 2 WHERE id = $1', [finished.answerId]),
    ({ finished }) => finished.answerId,
    /^I5 answer ID: lasts 2.0 s, declared were 4.0 s$/,
  ],
  [
    'half of a rendition is lost',
    ({ transcoded }) =>
      sql(`UPDATE rendition SET duration_seconds = 2 WHERE answer_id = $1 AND kind = 'hls_720'`, [
        transcoded.answerId,
      ]),
    ({ transcoded }) => transcoded.answerId,
    /^I5 answer ID: lasts 4.0 s, its rendition hls_720 2.0 s$/,
  ],
  [
    'a job made something for a generation that is not there',
    ({ transcoded }) =>
      sql(`UPDATE rendition SET generation = 2 WHERE answer_id = $1 AND kind = 'progressive'`, [
        transcoded.answerId,
      ]),
    ({ transcoded }) => transcoded.answerId,
    /^I6 answer ID: rendition progressive is of generation 2, the answer of 1$/,
  ],
  [
    'a job was handed over and lost',
    ({ processing }) =>
      sql(
        `UPDATE outbox SET state = 'enqueued', enqueued_at = now() - interval '14 min'
          WHERE payload->>'answerId' = $1`,
        [processing.answerId],
      ),
    () => '[0-9a-f-]{36}',
    /^I7 job ID: prepare-answer was handed over 14 min ago, and nothing was heard of it since$/,
  ],
  [
    'nobody asked for what an answer needs',
    ({ processing }) => sql(`DELETE FROM outbox WHERE payload->>'answerId' = $1`, [processing.answerId]),
    ({ processing }) => processing.answerId,
    /^I8 answer ID: is processing in generation 1, and no job was asked for$/,
  ],
  [
    'a job is done without its effect',
    ({ processing }) =>
      sql(`UPDATE outbox SET state = 'done' WHERE payload->>'answerId' = $1`, [processing.answerId]),
    ({ processing }) => processing.answerId,
    /^I8 answer ID: is still processing, but its prepare-answer is done$/,
  ],
  [
    'a job that finishes is done, and the answer is not finished',
    ({ finished }) => sql(`UPDATE answer SET media_state = 'playable' WHERE id = $1`, [finished.answerId]),
    ({ finished }) => finished.answerId,
    /^I8 answer ID: is still playable, but its finish-answer is done and nothing else waits$/,
  ],
  [
    'a job was given up without a word',
    async ({ finished }) => {
      await sql(`UPDATE answer SET media_state = 'playable' WHERE id = $1`, [finished.answerId]);
      await sql(`UPDATE outbox SET state = 'dead' WHERE payload->>'answerId' = $1`, [finished.answerId]);
    },
    ({ finished }) => finished.answerId,
    /^I8 answer ID: is playable without a flag, but its finish-answer was given up$/,
  ],
];

test.each(violations)('found, alone: %s', async (_name, plant, subject, expected) => {
  await plant(world);
  const lines = await check();
  expect(lines).toEqual([expect.stringMatching(expected.source.replace('ID', subject(world)))]);
});

test('without reading bytes, sizes are still compared', async () => {
  await overwrite(await chunkKey(world.finished.takeId, 0), backwards);
  expect(await check({ deep: false })).toEqual([]);
  await overwrite(await chunkKey(world.finished.takeId, 0), (bytes) => bytes.subarray(1));
  expect(await check({ deep: false })).toHaveLength(1);
});

test('an answer that was found to differ and says so breaks nothing', async () => {
  const text = 'UPDATE answer SET duration_seconds = 2, media_flagged = true WHERE id = $1';
  await sql(text, [world.finished.answerId]);
  expect(await check()).toEqual([]);
});

test('what was erased is not asked for', async () => {
  await storage.deletePrefix(storageKeys.organisationFolder(world));
  expect((await check()).length).toBeGreaterThan(0);
  await sql('UPDATE interview SET erased_at = now() WHERE id = $1', [world.interviewId]);
  expect(await check()).toEqual([]);
});

test('work under way is looked at twice before it is reported', async () => {
  const key = await chunkKey(world.finished.takeId, 1);
  let looks = 0;
  const slow: Storage = Object.assign(Object.create(storage), {
    get: async (asked: string) => {
      if (asked === key && (looks += 1) === 1) throw new ObjectNotFound(key);
      return storage.get(asked);
    },
  });
  expect(await check({ storage: slow })).toEqual([]);
  expect(looks).toBe(2);
});

test('every page and every organisation is looked at', async () => {
  const { database } = fixture;
  const worlds = [world];
  for (let more = 0; more < 6; more += 1) worlds.push(await buildWorld({ database, storage, superuser }));
  const { organisationId } = world;
  // More than two pages of takes that were never received.
  await superuser.query(
    `INSERT INTO take (organisation_id, id, answer_id, interview_id, number, recorder, mime_type, state, lease,
                       lease_session_id, recording_ends_at)
     SELECT $1, gen_random_uuid(), $2, $3, 10 + n, 'baseline', 'video/webm', 'finalised', gen_random_uuid(),
            gen_random_uuid(), now() FROM generate_series(1, 50) n`,
    [organisationId, world.processing.answerId, world.interviewId],
  );
  for (const { failed } of worlds.slice(1)) await storage.delete(await chunkKey(failed.takeId, 0));
  const found = await checkInvariants({ database, storage });
  expect(found.filter((one) => one.invariant === 'I3').length).toBe(50);
  const elsewhere = found.filter((one) => one.invariant === 'I1');
  expect(new Set(elsewhere.map((one) => one.organisationId))).toEqual(
    new Set(worlds.slice(1).map((one) => one.organisationId)),
  );
});

describe('garbage is noted and breaks nothing', () => {
  const age = async (key: string, hours: number): Promise<void> => {
    const at = new Date(Date.now() - hours * 3_600_000);
    await utimes(path.join(storagePath, key), at, at);
  };
  const garbage = async (): Promise<string[]> =>
    (await notesOf()).filter((note) => note.kind === 'garbage').map((note) => note.message);

  test('objects that no row names, once they are a day old', async () => {
    const { organisationId, finished, transcoded } = world;
    const orphan = `${storageKeys.takeFolder({ organisationId, takeId: finished.takeId })}s0/c9-0123456789abcdef`;
    const stray = storageKeys.rendition({ ...transcoded, organisationId, generation: 1, name: 'stray.mp4' });
    for (const key of [orphan, stray, 'elsewhere/object']) await store({ storage }, key);
    for (const key of [orphan, stray]) await age(key, 23);
    expect(await garbage()).toEqual([]);
    for (const key of [orphan, stray, 'elsewhere/object', transcoded.renditionKey]) await age(key, 25);
    expect((await garbage()).sort()).toEqual([
      'elsewhere/object belongs to no organisation',
      expect.stringContaining(`${stray} (`),
      expect.stringContaining(`${orphan} (`),
    ]);
  });

  test('outputs of a generation that was replaced', async () => {
    const { transcoded } = world;
    await sql('UPDATE answer SET generation = 2 WHERE id = $1', [transcoded.answerId]);
    await sql(`UPDATE rendition SET generation = 2 WHERE answer_id = $1 AND kind = 'progressive'`, [
      transcoded.answerId,
    ]);
    expect(await garbage()).toEqual([`${transcoded.renditionKey} is of generation 1, replaced by 2`]);
  });
});

describe('the program', () => {
  /** @returns its code and what it printed */
  const run = (parameters: string[], env: Record<string, string>) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      const typescript = [
        '--conditions=source',
        '--require',
        path.join(__dirname, 'register-typescript.cjs'),
      ];
      const program = path.join(__dirname, '../src/invariants-cli.ts');
      const options = { env: { PATH: process.env.PATH ?? '', ...env } };
      execFile(process.execPath, [...typescript, program, ...parameters], options, (error, stdout, stderr) =>
        resolve({ code: error ? error.code : 0, stdout, stderr }),
      );
    });
  const environment = (): Record<string, string> => ({
    DATABASE_URL: fixture.urls.app,
    OPS_DATABASE_URL: fixture.urls.ops,
    STORAGE_DIRECTORY: storagePath,
  });

  test('says so when nothing is wrong', async () => {
    const { code, stdout } = await run([], environment());
    expect(stdout).toMatch(/^note dead job: prepare-answer .*\n0 violations\n$/);
    expect(code).toBe(0);
  });

  test('names what is wrong, as lines or as JSON, and fails', async () => {
    const { finished } = world;
    await overwrite(await chunkKey(finished.takeId, 1), backwards);
    const lines = await run([], environment());
    expect(lines.stdout).toContain(`\nI1 take ${finished.takeId}: segment 0 chunk 1 has other bytes`);
    expect(lines.stdout).toMatch(/\n1 violation in 1 organisation\n$/);
    expect(lines.code).toBe(1);
    const shallow = await run(['--no-deep', '--json'], environment());
    expect(JSON.parse(shallow.stdout)).toMatchObject({ deep: false, violations: [] });
    const json = await run(['--json'], environment());
    expect(JSON.parse(json.stdout)).toMatchObject({
      ...{ deep: true, notes: [{ kind: 'dead_job', organisationId: world.organisationId }] },
      violations: [{ invariant: 'I1', organisationId: world.organisationId, id: finished.takeId }],
    });
    expect(json.code).toBe(1);
  });

  test('does not take a check that could not be made for a good one', async () => {
    const refused = await run(['--queue-wait-minutes', 'soon'], environment());
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('whole number of minutes');
    const lost = await run([], { ...environment(), DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });
    expect(lost).toMatchObject({ code: 2, stdout: '' });
  });
});
