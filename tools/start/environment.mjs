import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';

/** The three database roles and the names their URLs have in the environment. */
const ROLES = {
  app: { role: 'fairtake_app', variable: 'DATABASE_URL' },
  ops: { role: 'fairtake_ops', variable: 'OPS_DATABASE_URL' },
  migrator: { role: 'fairtake_migrator', variable: 'MIGRATOR_DATABASE_URL' },
};

/** True when the operator made the roles; a lone DATABASE_URL is an administrator's and we make them. */
export const rolesAreGiven = (env) => Boolean(env.OPS_DATABASE_URL && env.MIGRATOR_DATABASE_URL);

/** One URL per role on the administrator's server and database. */
export function roleUrls(adminUrl, secrets) {
  return Object.fromEntries(
    Object.entries(ROLES).map(([key, { role, variable }]) => {
      const url = new URL(adminUrl);
      url.username = role;
      url.password = secrets[key];
      return [variable, url.href];
    }),
  );
}

/**
 * What api and worker read. The person's own variables win over defaults; `MIGRATOR_DATABASE_URL` is kept
 * from the running parts, which never need an owner's rights.
 */
export function partEnvironment({ env, urls, redis, places, programs, options }) {
  const { MIGRATOR_DATABASE_URL: _owner, ...served } = { ...env, ...urls };
  return {
    NODE_ENV: 'production',
    LOG_LEVEL: 'info',
    STORAGE_KIND: 'disk',
    STORAGE_DIRECTORY: places.storage,
    WORK_DIRECTORY: places.work,
    PUBLIC_URL: `http://localhost:${options.port}`,
    WEB_DIRECTORY: join(ROOT, 'apps', 'web', 'dist'),
    ...served,
    REDIS_URL: redis,
    PORT: String(options.port),
    HOST: options.host,
    DATA_DIR: places.directory,
    FFMPEG_PATH: programs.ffmpeg,
    FFPROBE_PATH: programs.ffprobe,
  };
}
