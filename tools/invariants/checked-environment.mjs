import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { superuserUrl } from '../services/postgres.mjs';
import { readJson } from '../start/data-directory.mjs';
import { roleUrls } from '../start/environment.mjs';

/**
 * What the checker reads: the person's own variables first, then what `npm start` keeps in its data directory. A lone
 * DATABASE_URL is an administrator's, as for `npm start`, and the roles' passwords are in the data directory.
 */
export function checkedEnvironment({ env, directory }) {
  const storage = {
    STORAGE_KIND: 'disk',
    STORAGE_DIRECTORY: join(directory, 'storage'),
  };
  if (env.DATABASE_URL && env.OPS_DATABASE_URL) return { ...storage, ...env };
  const secrets = readJson(join(directory, 'secrets.json'));
  if (!secrets) throw new StopReason(`There is no installation in ${directory}: name it with --data-dir.`);
  const { MIGRATOR_DATABASE_URL: _owner, ...urls } = roleUrls(
    env.DATABASE_URL || builtInUrl(directory, secrets),
    secrets,
  );
  return { ...storage, ...env, ...urls };
}

/** Of the PostgreSQL that `npm start` runs. Its port lasts as long as the start. */
function builtInUrl(directory, secrets) {
  const ports = readJson(join(directory, 'installation.json'))?.ports;
  if (!ports?.postgres || !existsSync(join(directory, 'run.json')))
    throw new StopReason(`The database in ${directory} is not running: npm start, and check meanwhile.`);
  return superuserUrl({ port: ports.postgres, password: secrets.superuser, database: 'fairtake' });
}
