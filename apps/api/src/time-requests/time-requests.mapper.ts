import type { TimeRequestView } from '@fairtake/contracts';
import type { TimeRequestRow } from '@fairtake/database';

export const timeRequestView = (row: TimeRequestRow): TimeRequestView => ({
  requestId: row.id,
  state: row.state,
  askedAt: row.askedAt.toISOString(),
  grantedUntil: row.grantedUntil?.toISOString() ?? null,
});
