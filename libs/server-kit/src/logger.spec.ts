import { createLogger } from './logger';
import { inRequestContext } from './request-context';

const capture = (work: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] => {
  const lines: string[] = [];
  work(createLogger({ name: 'api', level: 'info', destination: { write: (line) => lines.push(line) } }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

test('a line is one JSON object with level, time, process and request', () => {
  const [inside, outside] = capture((logger) => {
    inRequestContext('r1', () => logger.info({ answers: 3 }, 'done'));
    logger.info('idle');
  });
  expect(inside).toMatchObject({ level: 'info', name: 'api', msg: 'done', answers: 3, requestId: 'r1' });
  expect(outside).not.toHaveProperty('requestId');
});

test('an error is logged with its causes and without what it carries along', () => {
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(ada@example.org)',
  });
  const error = Object.assign(new Error('query failed', { cause }), {
    query: 'SELECT',
    parameters: ['ada@example.org'],
  });
  const [line] = capture((logger) => logger.error({ err: error }, 'failed'));
  expect(line!.err).toMatchObject({
    message: 'query failed',
    cause: { message: 'duplicate key', code: '23505' },
  });
  expect(JSON.stringify(line)).not.toContain('ada@example.org');
});

test('a chain of causes that never ends is cut', () => {
  const error: Error = new Error('loop');
  error.cause = error;
  expect(() => capture((logger) => logger.error({ err: error }, 'failed'))).not.toThrow();
});
