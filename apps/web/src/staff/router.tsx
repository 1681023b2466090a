import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { Frame } from './chrome/frame';
import { UnknownPage } from './chrome/unknown-page';
import { UnexpectedFault } from './chrome/unexpected-fault';
import { boardSearch } from './board/board-search';
import { compareSearch } from './compare/compare-search';
import { homePath } from './session/home-path';
import { sessionQuery } from './session/session-query';

type RouterContext = { queryClient: QueryClient };
type Search = Record<string, unknown>;

const word = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

const rootRoute = createRootRouteWithContext<RouterContext>()({ notFoundComponent: UnknownPage });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Search): { next?: string } => ({ next: word(search.next) }),
  component: lazyRouteComponent(() => import('./account/sign-in-page'), 'SignInPage'),
});
const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./account/welcome-page'), 'WelcomePage'),
});

/** Everything behind sign-in. The page asked for is kept, so that signing in leads there. */
const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
});
const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    throw redirect({ to: session ? homePath(session.role) : '/sign-in', search: {} });
  },
});
const queueRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/review',
  component: lazyRouteComponent(() => import('./review/queue-page'), 'QueuePage'),
});
const workspaceRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/review/$roundId/$questionId',
  validateSearch: (search: Search): { clip?: string } => ({ clip: word(search.clip) }),
  component: lazyRouteComponent(() => import('./review/workspace-page'), 'WorkspacePage'),
});
const positionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/positions',
  component: lazyRouteComponent(() => import('./positions/positions-page'), 'PositionsPage'),
});
const setupRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/positions/$positionId/setup',
  component: lazyRouteComponent(() => import('./setup/setup-page'), 'SetupPage'),
});
const boardRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/positions/$positionId/board',
  validateSearch: boardSearch,
  component: lazyRouteComponent(() => import('./board/board-page'), 'BoardPage'),
});
const compareRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/positions/$positionId/compare',
  validateSearch: compareSearch,
  component: lazyRouteComponent(() => import('./compare/compare-page'), 'ComparePage'),
});
const membersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/admin/members',
  component: lazyRouteComponent(() => import('./members/members-page'), 'MembersPage'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  welcomeRoute,
  frameRoute.addChildren([
    homeRoute,
    queueRoute,
    workspaceRoute,
    positionsRoute,
    setupRoute,
    boardRoute,
    compareRoute,
    membersRoute,
  ]),
]);

/** Routes with typed parameters and search; screens arrive as their own chunks. */
export function createStaffRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultErrorComponent: UnexpectedFault,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createStaffRouter>;
  }
}
