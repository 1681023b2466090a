import { execFile } from 'node:child_process';
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { ObjectNotFound, storageKeys, type Storage } from '@fairtake/storage';
import { checkInvariants, lineOf, type CheckOptions, type Note } from '../src/invariants';
import { openInvariantsBench, type InvariantsBench } from './invariants-bench';
import { buildWorld, store, type World } from './invariants-world';
import { backwards, plantedViolations } from './planted-violations';

let bench: InvariantsBench;
let world: World;
beforeAll(async () => {
  bench = await openInvariantsBench();
  ({ world } = bench);
});
beforeEach(() => bench.restore());
afterAll(() => bench?.close());

const check = async (options: Partial<CheckOptions> = {}): Promise<string[]> =>
  (await checkInvariants({ ...bench, ...options })).map(lineOf);
const notesOf = async (): Promise<Note[]> => {
  const notes: Note[] = [];
  expect(await check({ onNote: (note) => notes.push(note) })).toEqual([]);
  return notes;
};

test('a healthy world is silent, and says what was given up', async () => {
  expect(await check()).toEqual([]);
  expect(await check({ deep: false })).toEqual([]);
  expect((await notesOf()).map(({ kind, message }) => [kind, message])).toEqual([
    ['dead_job', expect.stringMatching(/^prepare-answer .* was given up after 3 attempts: unreadable$/)],
  ]);
});

test.each(plantedViolations)('found, alone: %s', async (_name, plant, subject, expected) => {
  await plant(bench);
  const lines = await check();
  expect(lines).toEqual([expect.stringMatching(expected.source.replace('ID', subject(world)))]);
});

test('without reading bytes, sizes are still compared', async () => {
  await bench.overwrite(await bench.chunkKey(world.finished.takeId, 0), backwards);
  expect(await check({ deep: false })).toEqual([]);
  await bench.overwrite(await bench.chunkKey(world.finished.takeId, 0), (bytes) => bytes.subarray(1));
  expect(await check({ deep: false })).toHaveLength(1);
});

test('an answer that was found to differ and says so breaks nothing', async () => {
  const text = 'UPDATE answer SET duration_seconds = 2, media_flagged = true WHERE id = $1';
  await bench.sql(text, [world.finished.answerId]);
  expect(await check()).toEqual([]);
});

test('what was erased is not asked for', async () => {
  await bench.storage.deletePrefix(storageKeys.organisationFolder(world));
  expect((await check()).length).toBeGreaterThan(0);
  await bench.sql('UPDATE interview SET erased_at = now() WHERE id = $1', [world.interviewId]);
  expect(await check()).toEqual([]);
});

test('work under way is looked at twice before it is reported', async () => {
  const key = await bench.chunkKey(world.finished.takeId, 1);
  let looks = 0;
  const slow: Storage = Object.assign(Object.create(bench.storage), {
    get: async (asked: string) => {
      if (asked === key && (looks += 1) === 1) throw new ObjectNotFound(key);
      return bench.storage.get(asked);
    },
  });
  expect(await check({ storage: slow })).toEqual([]);
  expect(looks).toBe(2);
});

test('every page and every organisation is looked at', async () => {
  const { database, storage, superuser } = bench;
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
  for (const { failed } of worlds.slice(1))
    await bench.storage.delete(await bench.chunkKey(failed.takeId, 0));
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
    await utimes(path.join(bench.storagePath, key), at, at);
  };
  const garbage = async (): Promise<string[]> =>
    (await notesOf()).filter((note) => note.kind === 'garbage').map((note) => note.message);

  test('objects that no row names, once they are a day old', async () => {
    const { organisationId, finished, transcoded } = world;
    const orphan = `${storageKeys.takeFolder({ organisationId, takeId: finished.takeId })}s0/c9-0123456789abcdef`;
    const stray = storageKeys.rendition({ ...transcoded, organisationId, generation: 1, name: 'stray.mp4' });
    for (const key of [orphan, stray, 'elsewhere/object']) await store(bench, key);
    for (const key of [orphan, stray]) await age(key, 23);
    expect(await garbage()).toEqual([]);
    for (const key of [orphan, stray, 'elsewhere/object', transcoded.renditionKey]) await age(key, 25);
    expect((await garbage()).sort()).toEqual([
      'elsewhere/object belongs to no organisation',
      expect.stringContaining(`${stray} (`),
      expect.stringContaining(`${orphan} (`),
    ]);
  });

  test('a test clip that outlived its two hours, named by a row or not', async () => {
    const { organisationId } = world;
    const of = { organisationId, probeId: world.finished.takeId, sha256: '0123456789abcdef' };
    const [late, young] = [
      storageKeys.probeChunk({ ...of, index: 0 }),
      storageKeys.probeChunk({ ...of, index: 1 }),
    ];
    for (const key of [late, young]) await store(bench, key);
    await age(late, 3);
    expect(await garbage()).toEqual([`${late} is a test clip that was not removed`]);
  });

  test('outputs of a generation that was replaced', async () => {
    const { transcoded } = world;
    await bench.sql('UPDATE answer SET generation = 2 WHERE id = $1', [transcoded.answerId]);
    await bench.sql(`UPDATE rendition SET generation = 2 WHERE answer_id = $1 AND kind = 'progressive'`, [
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

  test('says so when nothing is wrong', async () => {
    const { code, stdout } = await run([], bench.env);
    expect(stdout).toMatch(/^note dead job: prepare-answer .*\n0 violations\n$/);
    expect(code).toBe(0);
  });

  test('names what is wrong, as lines or as JSON, and fails', async () => {
    const { finished } = world;
    await bench.overwrite(await bench.chunkKey(finished.takeId, 1), backwards);
    const lines = await run([], bench.env);
    expect(lines.stdout).toContain(`\nI1 take ${finished.takeId}: segment 0 chunk 1 has other bytes`);
    expect(lines.stdout).toMatch(/\n1 violation in 1 organisation\n$/);
    expect(lines.code).toBe(1);
    const shallow = await run(['--no-deep', '--json'], bench.env);
    expect(JSON.parse(shallow.stdout)).toMatchObject({ deep: false, violations: [] });
    const json = await run(['--json'], bench.env);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ...{ deep: true, notes: [{ kind: 'dead_job', organisationId: world.organisationId }] },
      violations: [{ invariant: 'I1', organisationId: world.organisationId, id: finished.takeId }],
    });
    expect(json.code).toBe(1);
  });

  test('does not take a check that could not be made for a good one', async () => {
    const refused = await run(['--queue-wait-minutes', 'soon'], bench.env);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('whole number of minutes');
    const lost = await run([], { ...bench.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' });
    expect(lost).toMatchObject({ code: 2, stdout: '' });
  });
});
