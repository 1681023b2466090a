import type { Route } from './route-table';

const withBody = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The pages answer every other path (web/web-pages.ts), so a route there would never be reached. */
const servedPaths = /^\/(api\/(v1\/|docs|openapi\.json)|media\/|healthz$|readyz$|version$)/;

/** What is wrong with the declaration of one route, as sentences a developer can act on. */
export function faultsOf(route: Route): string[] {
  const faults: string[] = [];
  if (!servedPaths.test(route.path))
    faults.push('is outside /api/v1 and /media: write the whole path in @Controller');
  const parameters: string[] = route.path.match(/:\w+/g) ?? [];
  if (!route.access) faults.push('has no @Access(…): say who may call it');
  if (!route.reply) faults.push('has no @Reply(Schema), @RepliesNothing() or @RepliesBytes(…)');
  if (route.access === 'candidate' && !parameters.includes(':interviewId'))
    faults.push('is a candidate route without :interviewId, so no cookie can be found for it');
  if (parameters.length > 0 && !route.params) faults.push('has path parameters but no @Param({ schema })');
  if (route.body && !withBody.has(route.method)) faults.push(`reads a body of a ${route.method} request`);
  if (route.body && route.takesBytes) faults.push('takes bytes and a JSON body');
  for (const kind of route.unchecked) faults.push(`reads its ${kind} without a schema`);
  return faults;
}

/** @throws Error naming every route that does not declare who may call it, what it takes and what it answers */
export function assertRoutesDeclared(routes: readonly Route[]): void {
  const faults = routes.flatMap((route) =>
    faultsOf(route).map((fault) => `  ${route.method} ${route.path} (${route.handlerName}) ${fault}`),
  );
  if (faults.length > 0) throw new Error(['Routes are not fully declared:', ...faults].join('\n'));
}
