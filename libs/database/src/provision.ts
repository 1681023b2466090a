import { Client } from 'pg';

export interface RolePasswords {
  app: string;
  ops: string;
  migrator: string;
}

export interface ProvisionOptions {
  /** Connection URL of a superuser. Its path names the database unless `databaseName` does. */
  adminUrl: string;
  databaseName?: string;
  passwords: RolePasswords;
}

/** Any number: provisioning is one at a time within a cluster. */
const PROVISION_LOCK = 7_215_002;
const ATTEMPTS = 5;

/**
 * Makes the three roles, the database, and the schema's walls; run it as often as you like. `fairtake_migrator` owns
 * the database and its schema; `fairtake_app` and `fairtake_ops` own nothing; none of them is a superuser or can
 * bypass row-level security. Passwords are set to the given ones.
 */
export async function provisionRoles(options: ProvisionOptions): Promise<void> {
  const database = options.databaseName ?? databaseOf(options.adminUrl);
  await whileOthersDoTheSame(async () => {
    // Roles and databases belong to the whole cluster, advisory locks to one database: everybody meets in `postgres`.
    await withClient(urlOfDatabase(options.adminUrl, 'postgres'), async (client) => {
      await client.query('SELECT pg_advisory_lock($1)', [PROVISION_LOCK]);
      await ensureRole(client, 'fairtake_migrator', options.passwords.migrator);
      await ensureRole(client, 'fairtake_app', options.passwords.app);
      await ensureRole(client, 'fairtake_ops', options.passwords.ops);
      await ensureDatabase(client, database);
    });
    await withClient(urlOfDatabase(options.adminUrl, database), ensureWalls);
  });
}

/** The same connection URL with another user and password. */
export function urlOfRole(url: string, role: string, password: string): string {
  const result = new URL(url);
  result.username = role;
  result.password = encodeURIComponent(password);
  return result.href;
}

/** The same connection URL with another database. */
export function urlOfDatabase(url: string, database: string): string {
  const result = new URL(url);
  result.pathname = `/${encodeURIComponent(database)}`;
  return result.href;
}

/** The database a connection URL names. */
export function databaseOf(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (name === '') throw new Error('The connection URL names no database: add /fairtake to its end.');
  return name;
}

/** Opens one connection of its own, outside every pool, and closes it whatever happens. */
export async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  await client.query(
    `${rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD ${client.escapeLiteral(password)}`,
  );
}

async function ensureDatabase(client: Client, database: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0)
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER fairtake_migrator`);
  await guardDatabase(client, database);
}

/** Only our roles may connect, and no role may make temporary tables. A copied database does not inherit this. */
export async function guardDatabase(client: Client, database: string): Promise<void> {
  const name = client.escapeIdentifier(database);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO fairtake_migrator, fairtake_app, fairtake_ops`);
}

async function ensureWalls(client: Client): Promise<void> {
  await client.query('ALTER SCHEMA public OWNER TO fairtake_migrator');
  await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC, fairtake_app, fairtake_ops');
  await client.query('GRANT USAGE ON SCHEMA public TO fairtake_app, fairtake_ops');
}

/** Created by somebody else meanwhile, or `tuple concurrently updated` (an internal error without a code of its own). */
const raceStates = ['42710', '42P04', '23505', 'XX000'];

async function whileOthersDoTheSame(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (attempt === ATTEMPTS || !raceStates.includes(code)) throw error;
    }
  }
}
