import type { PositionSummary, PositionView } from '@fairtake/contracts';
import type { PositionListRow, PositionRow } from '@fairtake/database';

export function positionView(position: PositionRow): PositionView {
  return {
    ...position.draft,
    positionId: position.id,
    state: position.state,
    rubricVersion: position.rubricVersion,
    version: position.version,
    publishedAt: position.publishedAt?.toISOString() ?? null,
  };
}

export function positionSummary(row: PositionListRow): PositionSummary {
  return {
    positionId: row.id,
    title: row.title,
    state: row.state,
    deadlineAt: row.deadlineAt?.toISOString() ?? null,
    questions: row.questions,
    interviews: { invited: row.invited, started: row.started, submitted: row.submitted },
  };
}
