import type { World } from './world';

/** Everybody who may knock. `our…` and `their…` belong to the two organisations of a world. */
export const actorNames = [
  'anonymous',
  'candidate',
  'otherCandidate',
  'assigned',
  'unassigned',
  'recruiter',
  'admin',
  'disabled',
  'theirCandidate',
  'theirReviewer',
  'theirRecruiter',
  'theirAdmin',
] as const;
export type ActorName = (typeof actorNames)[number];

/** The status each actor gets. A number in 200…299 is an open door and gets a world of its own. */
export type Outcome = Record<ActorName, number>;

export function cookiesOf(actor: ActorName, { ours, theirs }: World): string[] {
  const cookies: Record<ActorName, string[]> = {
    anonymous: [],
    candidate: [ours.interview.cookie],
    otherCandidate: [ours.otherInterview.cookie],
    assigned: [ours.people.assigned.cookie],
    unassigned: [ours.people.unassigned.cookie],
    recruiter: [ours.people.recruiter.cookie],
    admin: [ours.people.admin.cookie],
    disabled: [ours.people.disabled.cookie],
    theirCandidate: [theirs.interview.cookie],
    theirReviewer: [theirs.people.assigned.cookie],
    theirRecruiter: [theirs.people.recruiter.cookie],
    theirAdmin: [theirs.people.admin.cookie],
  };
  return cookies[actor];
}

export const everyone = (status: number): Outcome =>
  Object.fromEntries(actorNames.map((name) => [name, status])) as Outcome;

/**
 * A staff route. Roles left out get 403 everywhere; nobody without a staff session gets further than 401.
 *
 * @param own status per role of our organisation; `reviewer` stands for both reviewers unless they are named
 * @param foreign status for the same roles of the other organisation: 404 where the path names something of ours, the
 *   status of their own list where it does not
 */
export function staffRoute(
  own: Partial<Record<'admin' | 'recruiter' | 'reviewer' | 'assigned' | 'unassigned', number>>,
  foreign: number,
): Outcome {
  const { admin = 403, recruiter = 403, reviewer = 403 } = own;
  const { assigned = reviewer, unassigned = reviewer } = own;
  const abroad = (status: number): number => (status === 403 ? 403 : foreign);
  return {
    ...everyone(401),
    ...{ admin, recruiter, assigned, unassigned },
    theirAdmin: abroad(admin),
    theirRecruiter: abroad(recruiter),
    theirReviewer: abroad(assigned),
  };
}

/** A route of one interview's candidate. Others hold no cookie of that name, so they are strangers: 401. */
export const candidateRoute = (status: number): Outcome => ({ ...everyone(401), candidate: status });
