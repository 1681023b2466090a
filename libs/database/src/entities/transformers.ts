import type { ValueTransformer } from 'typeorm';

const toNumber = (value: string | null): number | null => (value === null ? null : Number(value));

/** PostgreSQL sends bigint as text. Ours count bytes, far below 2^53. */
export const bigint: ValueTransformer = { to: (value: unknown) => value, from: toNumber };

/** PostgreSQL sends numeric as text. Ours are weights and factors with at most eight digits. */
export const numeric: ValueTransformer = { to: (value: unknown) => value, from: toNumber };
