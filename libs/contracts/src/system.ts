import * as z from 'zod';

export const Alive = z.strictObject({ status: z.literal('ok') });
export const Readiness = z.strictObject({
  status: z.enum(['ok', 'unavailable']),
  checks: z.record(z.string(), z.enum(['ok', 'unavailable'])),
});
export const Version = z.strictObject({
  name: z.literal('fairtake'),
  version: z.string(),
  commit: z.string().nullable(),
});
export type Alive = z.infer<typeof Alive>;
export type Readiness = z.infer<typeof Readiness>;
export type Version = z.infer<typeof Version>;
