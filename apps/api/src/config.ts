import {
  databaseVariables,
  httpVariables,
  loadConfig,
  logVariables,
  redisVariables,
  storageVariables,
  type Config,
  type Environment,
} from '@fairtake/server-kit';
import * as z from 'zod';

const webVariables = z
  .object({ WEB_DIRECTORY: z.string().default('apps/web/dist') })
  .transform((env) => ({ directory: env.WEB_DIRECTORY }));

const buildVariables = z
  .object({ COMMIT: z.string().optional() })
  .transform((env) => ({ commit: env.COMMIT ?? null }));

/** Stops the process at a named place in fault tests (see takes/failpoints.ts). Never in production. */
const faultVariables = z
  .object({ FAULT: z.string().optional(), NODE_ENV: z.string().optional() })
  .refine((env) => env.FAULT === undefined || env.NODE_ENV !== 'production', {
    path: ['FAULT'],
    message: 'is for tests and must not be set when NODE_ENV is production',
  })
  .transform((env) => ({ at: env.FAULT ?? null }));

/** The groups of variables this process reads, each documented in .env.example. */
export const apiVariables = {
  database: databaseVariables,
  redis: redisVariables,
  storage: storageVariables,
  http: httpVariables,
  web: webVariables,
  log: logVariables,
  build: buildVariables,
  fault: faultVariables,
};

export type ApiConfig = Config<typeof apiVariables>;

export const loadApiConfig = (env: Environment): ApiConfig => loadConfig(apiVariables, env);
