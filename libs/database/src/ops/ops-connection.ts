import type { EntityManager } from 'typeorm';
import type { NamedStatement } from '../one-trip';

/** What a cross-organisation repository runs on; failures of the connection arrive as DatabaseUnavailable. */
export interface OpsConnection {
  run<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
  transaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
  /** One statement that is asked with every request, planned once per connection. */
  ask<Row>(statement: NamedStatement, values: unknown[]): Promise<Row[]>;
}

/** Rows changed by an UPDATE or DELETE: TypeORM answers those with `[rows, count]`. */
export async function changedRows(em: EntityManager, sql: string, values: unknown[]): Promise<number> {
  const [, count]: [unknown, number] = await em.query(sql, values);
  return count;
}
