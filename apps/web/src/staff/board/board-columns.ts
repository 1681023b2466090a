import type { BoardRow, BoardState } from '@fairtake/contracts';

/** Columns that move by themselves, then those people move. Withdrawn appears only when someone has. */
export const selfMoving: readonly BoardState[] = ['invited', 'started', 'received', 'in_review', 'reviewed'];
export const movedByHand: readonly BoardState[] = ['shortlist', 'decided'];

export type Column = { state: BoardState; rows: BoardRow[]; medianSeconds: number | null };

/** When an interview came into its state, as well as the board knows. */
export function since(row: BoardRow): string {
  if (row.submittedAt && row.state !== 'started' && row.state !== 'invited') return row.submittedAt;
  return row.startedAt ?? row.invitedAt;
}

/** The middle age of a column; null for an empty one. */
function medianAge(rows: readonly BoardRow[], now: number): number | null {
  if (rows.length === 0) return null;
  const ages = rows.map((row) => (now - Date.parse(since(row))) / 1000).sort((a, b) => a - b);
  return ages[Math.floor((ages.length - 1) / 2)] ?? null;
}

/** The rows by state, in the order of the pipeline, longest waiting first. */
export function columns(rows: readonly BoardRow[], now: number): Column[] {
  const withdrawn: BoardState[] = rows.some((row) => row.state === 'withdrawn') ? ['withdrawn'] : [];
  return [...selfMoving, ...movedByHand, ...withdrawn].map((state) => {
    const inState = rows
      .filter((row) => row.state === state)
      .sort((a, b) => Date.parse(since(a)) - Date.parse(since(b)));
    return { state, rows: inState, medianSeconds: medianAge(inState, now) };
  });
}

export type Timing =
  | { kind: 'overdue' | 'dueIn' | 'closesIn'; seconds: number }
  | { kind: 'sent' | 'started' | 'received'; at: string };

const soonSeconds = 24 * 3600;

/** The one line of time a card shows: lateness before age. */
export function timing(row: BoardRow, now: number): Timing {
  const until = (instant: string) => (Date.parse(instant) - now) / 1000;
  const reviewing = row.state === 'received' || row.state === 'in_review';
  if (reviewing && row.reviewDueAt) {
    const seconds = until(row.reviewDueAt);
    return { kind: seconds < 0 ? 'overdue' : 'dueIn', seconds: Math.abs(seconds) };
  }
  if ((row.state === 'invited' || row.state === 'started') && row.deadlineAt) {
    const seconds = until(row.deadlineAt);
    if (seconds > 0 && seconds < soonSeconds) return { kind: 'closesIn', seconds };
  }
  if (row.submittedAt) return { kind: 'received', at: row.submittedAt };
  if (row.startedAt) return { kind: 'started', at: row.startedAt };
  return { kind: 'sent', at: row.invitedAt };
}
