import { startTestPostgres, type TestPostgres } from '@fairtake/testing';
import { randomBytes } from 'node:crypto';
import { migrate, provisionRoles, urlOfDatabase, urlOfRole } from '../src';
import { withClient } from '../src/provision';

/** The passwords of `@fairtake/database/testing`: roles are shared by everything that uses this cluster. */
const passwords = { app: 'test-app', ops: 'test-ops', migrator: 'test-migrator' };
let postgres: TestPostgres;
let name: string;
beforeAll(async () => {
  postgres = await startTestPostgres();
  name = `provisioned "${randomBytes(6).toString('hex')}" 50%`;
});
afterAll(async () => {
  await withClient(postgres.superuserUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
  );
  await postgres.stop();
});

test('many processes provision the same database at once, and again', async () => {
  const adminUrl = urlOfDatabase(postgres.superuserUrl, name);
  await Promise.all(Array.from({ length: 6 }, () => provisionRoles({ adminUrl, passwords })));
  await provisionRoles({ adminUrl: postgres.superuserUrl, databaseName: name, passwords });

  const roles = await withClient(adminUrl, (client) =>
    client.query(
      `SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolcanlogin
         FROM pg_roles WHERE rolname LIKE 'fairtake\\_%' ORDER BY rolname`,
    ),
  );
  const modest = { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false };
  expect(roles.rows).toEqual(
    ['fairtake_app', 'fairtake_migrator', 'fairtake_ops'].map((rolname) => ({
      ...{ rolname, ...modest },
      ...{ rolreplication: false, rolcanlogin: true },
    })),
  );
  const rights = await withClient(adminUrl, (client) =>
    client.query(
      `SELECT has_database_privilege('public', current_database(), 'CONNECT') AS anybody,
              has_database_privilege('fairtake_app', current_database(), 'CONNECT') AS app,
              has_database_privilege('fairtake_app', current_database(), 'TEMPORARY') AS temporary,
              has_schema_privilege('fairtake_ops', 'public', 'CREATE') AS tables`,
    ),
  );
  expect(rights.rows).toEqual([{ anybody: false, app: true, temporary: false, tables: false }]);

  const migrated = await migrate({ url: urlOfRole(adminUrl, 'fairtake_migrator', passwords.migrator) });
  expect(migrated).not.toEqual([]);
  // Provisioning a database in use takes nothing away from anybody.
  await provisionRoles({ adminUrl, passwords });
  const seen = await withClient(urlOfRole(adminUrl, 'fairtake_app', passwords.app), (client) =>
    client.query('SELECT count(*)::integer AS positions FROM position'),
  );
  expect(seen.rows).toEqual([{ positions: 0 }]);
});

test('a URL without a database is refused in words', async () => {
  const adminUrl = urlOfDatabase(postgres.superuserUrl, '');
  await expect(provisionRoles({ adminUrl, passwords })).rejects.toThrow('names no database');
});
