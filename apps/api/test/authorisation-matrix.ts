import { everyone, staffRoute, type Outcome } from './actors';
import { candidateRows } from './matrix-rows/candidate';
import { ownRows } from './matrix-rows/own';
import { recruitingRows } from './matrix-rows/recruiting';
import { reviewingRows } from './matrix-rows/reviewing';
import { worldPassword, type World } from './world';

/** One route: a request that is right in every way but the sender, and what each sender gets. */
export interface MatrixRow {
  outcome: Outcome;
  /** The body proves who asks (a password, a link): its holder sees our organisation, whoever they were before. */
  bearer?: true;
  /** Values of the path's parameters. */
  params?: (world: World) => Record<string, string>;
  /** The route takes `application/octet-stream`; its abuse table is its own. */
  takesBytes?: true;
  /** A valid body; the hostile-body tests start from it too. */
  body?: (world: World) => unknown;
  headers?: (world: World) => Record<string, string>;
  query?: (world: World) => Record<string, string>;
}

const health: MatrixRow = { outcome: everyone(200) };

/**
 * Who may do what, route by route (`METHOD /path` as Nest knows it). A route without a row fails the test, and so does
 * a row without a route. Features add their rows here in their own block, or in a file of `matrix-rows`.
 */
export const authorisationMatrix: Record<string, MatrixRow> = {
  'GET /healthz': health,
  'GET /readyz': health,
  'GET /version': health,
  'GET /api/openapi.json': health,
  'GET /api/docs': health,
  'GET /api/docs/:file': { outcome: everyone(200), params: () => ({ file: 'start.js' }) },

  'POST /api/v1/session': {
    bearer: true,
    outcome: everyone(200),
    body: ({ ours }) => ({ email: ours.people.admin.email, password: worldPassword }),
  },
  'GET /api/v1/session': { outcome: staffRoute({ admin: 200, recruiter: 200, reviewer: 200 }, 200) },
  'PUT /api/v1/session/organisation': {
    outcome: staffRoute({ admin: 200, recruiter: 200, reviewer: 200 }, 404),
    body: ({ ours }) => ({ organisationId: ours.organisationId }),
  },
  'DELETE /api/v1/session': { outcome: staffRoute({ admin: 204, recruiter: 204, reviewer: 204 }, 204) },

  // Whoever holds a link may open it: that is all a link is.
  'POST /api/v1/account-links/open': {
    bearer: true,
    outcome: everyone(200),
    body: ({ ours }) => ({ token: ours.accountLinkToken }),
  },
  'POST /api/v1/account-links/accept': {
    bearer: true,
    outcome: everyone(200),
    body: ({ ours }) => ({ token: ours.accountLinkToken, password: worldPassword }),
  },
  // No world is an empty installation; setting one up is tested in set-up.medium-spec.ts.
  'POST /api/v1/account-links/set-up': {
    outcome: everyone(404),
    body: () => ({
      ...{ token: 'A'.repeat(43), organisation: 'New', name: 'New' },
      ...{ email: 'new@example.org', password: worldPassword },
    }),
  },

  'GET /api/v1/members': { outcome: staffRoute({ admin: 200, recruiter: 200 }, 200) },
  'POST /api/v1/members': {
    outcome: staffRoute({ admin: 201 }, 201),
    body: () => ({ name: 'New', email: 'new@example.org', role: 'reviewer' }),
  },
  'PATCH /api/v1/members/:memberId': {
    outcome: staffRoute({ admin: 200 }, 404),
    params: ({ ours }) => ({ memberId: ours.people.assigned.memberId }),
    body: () => ({ role: 'recruiter' }),
  },
  'POST /api/v1/members/:memberId/link': {
    outcome: staffRoute({ admin: 200 }, 404),
    params: ({ ours }) => ({ memberId: ours.people.assigned.memberId }),
  },

  ...recruitingRows,
  ...candidateRows,
  ...ownRows,
  ...reviewingRows,
};
