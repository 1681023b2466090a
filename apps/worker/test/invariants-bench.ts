import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '@fairtake/database';
import { createTestDatabase } from '@fairtake/database/testing';
import { createStorage, type Storage } from '@fairtake/storage';
import { makeTemporaryDirectory, startTestPostgres } from '@fairtake/testing';
import { Client } from 'pg';
import { buildWorld, restoreRows, saveRows, type World } from './invariants-world';

/** A world that can be broken and put back, for one test file. */
export interface InvariantsBench {
  readonly database: Database;
  readonly storage: Storage;
  readonly storagePath: string;
  readonly superuser: Client;
  readonly world: World;
  /** Of the program. */
  readonly env: Record<string, string>;
  /** Makes rows and objects what they were when the bench was opened. */
  restore(): Promise<void>;
  /** Changes rows behind everybody's back. */
  sql(text: string, values: unknown[]): Promise<void>;
  chunkKey(takeId: string, index: number): Promise<string>;
  /** Changes an object behind everybody's back. */
  overwrite(key: string, change: (bytes: Buffer) => Buffer): Promise<void>;
  close(): Promise<void>;
}

export async function openInvariantsBench(): Promise<InvariantsBench> {
  const postgres = await startTestPostgres();
  const fixture = await createTestDatabase(postgres.superuserUrl);
  const directory = await makeTemporaryDirectory({ name: 'invariants' });
  const [storagePath, savedPath] = [path.join(directory.path, 'storage'), path.join(directory.path, 'saved')];
  const storage = createStorage({ kind: 'disk', directory: storagePath });
  const superuser = new Client({ connectionString: fixture.urls.superuser });
  await superuser.connect();
  const { database, urls } = fixture;
  const world = await buildWorld({ database, storage, superuser });
  await saveRows(superuser);
  await cp(storagePath, savedPath, { recursive: true });
  const env = { DATABASE_URL: urls.app, OPS_DATABASE_URL: urls.ops, STORAGE_DIRECTORY: storagePath };
  return {
    ...{ database, storage, storagePath, superuser, world, env },
    async restore() {
      await restoreRows(superuser);
      await rm(storagePath, { recursive: true });
      await cp(savedPath, storagePath, { recursive: true });
    },
    async sql(text, values) {
      const { rowCount } = await superuser.query(text, values);
      if (!rowCount) throw new Error(`Changed nothing: ${text}`);
    },
    async chunkKey(takeId, index) {
      const text = 'SELECT storage_key AS key FROM chunk WHERE take_id = $1 AND index = $2';
      return (await superuser.query(text, [takeId, index])).rows[0].key;
    },
    async overwrite(key, change) {
      await storage.put(key, change(await storage.read(key)));
    },
    async close() {
      await superuser.end();
      await fixture.drop();
      await directory.remove();
      await postgres.stop();
    },
  };
}
