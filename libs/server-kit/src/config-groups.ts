import * as z from 'zod';

const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .pipe(z.int().max(65_535));
const Flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const urlOf = (protocols: string, words: string) =>
  z.string().refine((value) => {
    try {
      return protocols.split(' ').includes(new URL(value).protocol);
    } catch {
      return false;
    }
  }, `must be ${words}`);

/** PostgreSQL: one address per database role. */
export const databaseVariables = z
  .object({
    DATABASE_URL: urlOf('postgres: postgresql:', 'a postgres:// address'),
    OPS_DATABASE_URL: urlOf('postgres: postgresql:', 'a postgres:// address'),
  })
  .transform((env) => ({ appUrl: env.DATABASE_URL, opsUrl: env.OPS_DATABASE_URL }));

export const redisVariables = z
  .object({ REDIS_URL: urlOf('redis: rediss:', 'a redis:// address').default('redis://127.0.0.1:6379') })
  .transform((env) => ({ url: env.REDIS_URL }));

const diskStorage = z.object({
  STORAGE_KIND: z.literal('disk'),
  STORAGE_DIRECTORY: z.string().default('.data/storage'),
});

const s3Storage = z.object({
  STORAGE_KIND: z.literal('s3'),
  S3_ENDPOINT: urlOf('http: https:', 'an http:// or https:// address').optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_BUCKET: z.string(),
  S3_ACCESS_KEY_ID: z.string(),
  S3_SECRET_ACCESS_KEY: z.string(),
  S3_FORCE_PATH_STYLE: Flag.prefault('false'),
});

/** Where bytes live. The S3 variables are asked for only when the storage is S3. */
export const storageVariables = z
  .looseObject({ STORAGE_KIND: z.enum(['disk', 's3']).default('disk') })
  .pipe(z.discriminatedUnion('STORAGE_KIND', [diskStorage, s3Storage]))
  .transform((env) =>
    env.STORAGE_KIND === 'disk'
      ? { kind: env.STORAGE_KIND, directory: env.STORAGE_DIRECTORY }
      : {
          kind: env.STORAGE_KIND,
          endpoint: env.S3_ENDPOINT,
          region: env.S3_REGION,
          bucket: env.S3_BUCKET,
          accessKeyId: env.S3_ACCESS_KEY_ID,
          secretAccessKey: env.S3_SECRET_ACCESS_KEY,
          forcePathStyle: env.S3_FORCE_PATH_STYLE,
        },
  );

export const logVariables = z
  .object({ LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') })
  .transform((env) => ({ level: env.LOG_LEVEL }));

/** Stops the process at a named place in fault tests (see Failpoints). Never in production. */
export const faultVariables = z
  .object({ FAULT: z.string().optional(), NODE_ENV: z.string().optional() })
  .refine((env) => env.FAULT === undefined || env.NODE_ENV !== 'production', {
    path: ['FAULT'],
    message: 'is for tests and must not be set when NODE_ENV is production',
  })
  .transform((env) => ({ at: env.FAULT ?? null }));

/** Where a process listens and under which address people reach it. */
export const httpVariables = z
  .object({
    PORT: Port.prefault('3000'),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_URL: urlOf('http: https:', 'an http:// or https:// address').optional(),
    TRUSTED_PROXIES: z.string().optional(),
  })
  .transform((env) => ({
    port: env.PORT,
    host: env.HOST,
    /** Without a trailing slash, so that links are made by appending. */
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    trustedProxies: env.TRUSTED_PROXIES?.split(',').map((proxy) => proxy.trim()) ?? [],
  }));
