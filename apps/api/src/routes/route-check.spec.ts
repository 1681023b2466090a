import * as z from 'zod';
import { assertRoutesDeclared, faultsOf } from './route-check';
import type { Route } from './route-table';

const whole: Route = {
  method: 'GET',
  path: '/api/v1/candidate/interviews/:interviewId',
  handlerName: 'CandidateController.show',
  access: 'candidate',
  reply: { kind: 'json', status: 200, schema: z.strictObject({}) },
  takesBytes: false,
  body: undefined,
  params: z.strictObject({ interviewId: z.string() }),
  query: undefined,
  unchecked: [],
};

test('a route that declares everything has no fault', () => {
  expect(faultsOf(whole)).toEqual([]);
  expect(() => assertRoutesDeclared([whole])).not.toThrow();
});

test.each<[string, Partial<Route>, string]>([
  ['who may call it', { access: undefined }, 'no @Access'],
  ['what it answers', { reply: undefined }, 'no @Reply'],
  ['its parameters', { params: undefined }, 'no @Param({ schema })'],
  ['a schema for its query', { unchecked: ['query'] }, 'reads its query without a schema'],
  ['the interview it belongs to', { path: '/api/v1/candidate/:id' }, 'without :interviewId'],
  ['a path that is served', { path: '/candidate/:interviewId' }, 'is outside /api/v1'],
  ['a method with a body', { body: z.strictObject({}) }, 'reads a body of a GET request'],
])('a route without %s is named', (_name, change, words) => {
  expect(() => assertRoutesDeclared([whole, { ...whole, ...change }])).toThrow(words);
});
