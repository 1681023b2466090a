import type { ErrorCode, Problem } from '@fairtake/contracts';
import type { HttpReply, HttpRequest } from './http-client';
import type { TestApp } from './test-app';

/** One hostile or mistaken request: its name, what is sent, and the refusal it must get. */
export type AbuseRow = readonly [
  name: string,
  request: () => { method: string; path: string } & HttpRequest,
  status: number,
  code: ErrorCode,
];

/** Declares one test per row. `service` is asked when a test runs, so it may be started in `beforeAll`. */
export function refuses(service: () => TestApp, rows: readonly AbuseRow[]): void {
  test.each(rows)('%s', async (_name, request, status, code) => {
    const { method, path, ...rest } = request();
    const reply = await service().http.send(method, path, rest);
    expectProblem(reply, status, code);
  });
}

/** A problem document with this status and code, and nothing of our inside in it. */
export function expectProblem(reply: HttpReply, status: number, code: ErrorCode): void {
  expect({ status: reply.status, body: reply.text.slice(0, 500) }).toMatchObject({ status });
  expect(reply.headers['content-type']).toContain('application/problem+json');
  const problem = reply.json<Problem>();
  expect(problem).toMatchObject({ status, code });
  expect(problem.requestId).toBe(reply.headers['x-request-id']);
  expect(reply.text).not.toMatch(/node_modules|\.ts:\d|SELECT |at Object\./);
}
