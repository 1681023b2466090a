import {
  databaseVariables,
  faultVariables,
  httpVariables,
  loadConfig,
  logVariables,
  redisVariables,
  storageVariables,
  type Config,
  type Environment,
} from '@fairtake/server-kit';
import { RecordingRung } from '@fairtake/contracts';
import * as z from 'zod';

const webVariables = z
  .object({ WEB_DIRECTORY: z.string().default('apps/web/dist') })
  .transform((env) => ({ directory: env.WEB_DIRECTORY }));

const captureVariables = z
  .object({
    CAPTURE_ENHANCED_RECORDER: z.enum(['on', 'off']).default('on'),
    CAPTURE_FLOOR: RecordingRung.default('audio'),
  })
  .transform((env) => ({
    enhancedRecorder: env.CAPTURE_ENHANCED_RECORDER === 'on',
    floor: env.CAPTURE_FLOOR,
  }));

const buildVariables = z
  .object({ COMMIT: z.string().optional() })
  .transform((env) => ({ commit: env.COMMIT ?? null }));

/** The groups of variables this process reads, each documented in .env.example. */
export const apiVariables = {
  database: databaseVariables,
  redis: redisVariables,
  storage: storageVariables,
  http: httpVariables,
  web: webVariables,
  capture: captureVariables,
  log: logVariables,
  build: buildVariables,
  fault: faultVariables,
};

export type ApiConfig = Config<typeof apiVariables>;

export const loadApiConfig = (env: Environment): ApiConfig => loadConfig(apiVariables, env);
