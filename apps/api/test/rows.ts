import type { TenantContext } from '@fairtake/database';

/** A row by column names; plain objects become jsonb. */
export type Row = Record<string, unknown>;

/** Writes one row inside an organisation, as the application's own role and through its walls. */
export async function insertRow(tx: TenantContext, table: string, row: Row): Promise<void> {
  const full: Row = { organisation_id: tx.organisationId, ...row };
  const values = Object.values(full).map((value) =>
    value?.constructor === Object ? JSON.stringify(value) : value,
  );
  const columns = Object.keys(full).map((column) => `"${column}"`);
  const places = columns.map((_, index) => `$${index + 1}`);
  await tx.em.query(`INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${places.join(', ')})`, values);
}
