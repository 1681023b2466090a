import { createHash, randomBytes } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import { createDatabase, type Database } from '../database';
import type { ConnectionLimits } from '../connection';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { guardDatabase, provisionRoles, urlOfDatabase, urlOfRole, withClient } from '../provision';

export interface TestDatabase {
  database: Database;
  /** Connection URLs of this database, one per role. */
  urls: { app: string; ops: string; migrator: string; superuser: string };
  /** Closes the connections and removes the database. */
  drop(): Promise<void>;
}

/** Roles belong to the cluster, so every test run of a cluster agrees on them. */
const passwords = { app: 'test-app', ops: 'test-ops', migrator: 'test-migrator' };
/** Any number: one process makes the template, the others wait. */
const TEMPLATE_LOCK = 7_215_004;

/**
 * A fresh, migrated database of its own. The first call on a cluster migrates a template, later ones copy it.
 *
 * @param superuserUrl connection URL of a superuser of a throw-away cluster (`TEST_DATABASE_URL`)
 */
export async function createTestDatabase(
  superuserUrl: string,
  limits: ConnectionLimits = { poolSize: 4 },
): Promise<TestDatabase> {
  const template = await ensureTemplate(superuserUrl);
  const name = `fairtake_test_${randomBytes(8).toString('hex')}`;
  const maintenanceUrl = urlOfDatabase(superuserUrl, 'postgres');
  await withClient(maintenanceUrl, async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER fairtake_migrator`);
    await guardDatabase(client, name);
  });
  const urls = roleUrls(superuserUrl, name);
  const database = await createDatabase({ appUrl: urls.app, opsUrl: urls.ops, ...limits });
  return {
    database,
    urls,
    async drop() {
      await database.close();
      await withClient(maintenanceUrl, (client) =>
        client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      );
    },
  };
}

/** An empty database with the roles and walls but no tables: for tests of the migrations themselves. */
export async function createEmptyTestDatabase(
  superuserUrl: string,
): Promise<Pick<TestDatabase, 'urls' | 'drop'>> {
  const name = `fairtake_test_${randomBytes(8).toString('hex')}`;
  await provisionRoles({ adminUrl: superuserUrl, databaseName: name, passwords });
  return {
    urls: roleUrls(superuserUrl, name),
    async drop() {
      await withClient(urlOfDatabase(superuserUrl, 'postgres'), (client) =>
        client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      );
    },
  };
}

function roleUrls(superuserUrl: string, name: string): TestDatabase['urls'] {
  const superuser = urlOfDatabase(superuserUrl, name);
  return {
    app: urlOfRole(superuser, 'fairtake_app', passwords.app),
    ops: urlOfRole(superuser, 'fairtake_ops', passwords.ops),
    migrator: urlOfRole(superuser, 'fairtake_migrator', passwords.migrator),
    superuser,
  };
}

async function ensureTemplate(superuserUrl: string): Promise<string> {
  const template = `fairtake_template_${await migrationsHash()}`;
  await withClient(urlOfDatabase(superuserUrl, 'postgres'), async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const made = await client.query('SELECT datistemplate FROM pg_database WHERE datname = $1', [template]);
    if (made.rows[0]?.datistemplate) return;
    // Half-made by a run that was killed: begin again.
    await client.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await provisionRoles({ adminUrl: superuserUrl, databaseName: template, passwords });
    await migrate({ url: roleUrls(superuserUrl, template).migrator });
    await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
  });
  return template;
}

/** Names the template after what the migrations would run, so that an edited migration gets a new one. */
async function migrationsHash(): Promise<string> {
  const hash = createHash('sha256');
  const recorder = { query: async (sql: string) => hash.update(sql) } as unknown as QueryRunner;
  for (const Migration of migrations) await new Migration().up(recorder);
  return hash.digest('hex').slice(0, 16);
}
