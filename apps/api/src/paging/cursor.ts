import { AppError } from '@fairtake/server-kit';

/** The last row of a page, as a keyset: rows are sorted by time and id, so moving lists repeat and skip nothing. */
export interface Keyset {
  createdAt: Date;
  id: string;
}

const form = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const encodeCursor = ({ createdAt, id }: Keyset): string =>
  Buffer.from(`${createdAt.getTime()}.${id}`).toString('base64url');

/** @throws AppError params_invalid for anything we did not write */
export function decodeCursor(cursor: string | undefined): Keyset | null {
  if (cursor === undefined) return null;
  const match = form.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!match || Number(match[1]) > 8.64e15)
    throw new AppError('params_invalid', { errors: [{ pointer: '/cursor', detail: 'is not one of ours' }] });
  return { createdAt: new Date(Number(match[1])), id: match[2]! };
}

/** Cuts a list fetched with one row too many into a page and the cursor of the next. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keysetOf: (row: Row) => Keyset,
): { data: Row[]; nextCursor: string | null } {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: rows.length > limit && last ? encodeCursor(keysetOf(last)) : null };
}
