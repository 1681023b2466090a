import { limits } from '@fairtake/contracts';

const cap = `interval '${limits.adjustmentPauseMaxHours} hours'`;
const requests = `adjustment_request x WHERE x.organisation_id = i.organisation_id AND x.interview_id = i.id`;
const base = 'coalesce(i.deadline_at, p.deadline_at)';

/** Pauses that have ended, as far as pauses may move a deadline. */
const ended = `least(${cap}, coalesce((SELECT sum(greatest(x.decided_at - x.paused_from, interval '0'))
  FROM ${requests} AND x.state <> 'asked'), interval '0'))`;

/** When the pause that lasts began; null when the deadline does not stand still. */
export const pausedFrom = `(SELECT x.paused_from FROM ${requests} AND x.state = 'asked')`;

/**
 * The moment that decides, for `interview i` and `position p`: the person's own deadline, else the position's, moved by
 * the pauses. While a request is open the deadline cannot pass before the longest pause there may be.
 */
export const deadline = `(${base} + CASE WHEN ${pausedFrom} IS NULL THEN ${ended} ELSE ${cap} END)`;

/** The deadline as it was planned before the pause that lasts. */
export const plannedDeadline = `(${base} + ${ended})`;
