import type { Request } from 'express';
import { PassThrough } from 'node:stream';
import { readChunkBody } from './chunk-body';

/** A request whose body is what the test writes. */
const request = (headers: Record<string, string> = {}) =>
  Object.assign(new PassThrough(), { headers }) as unknown as Request & PassThrough;

test('a body that comes in time is read whole', async () => {
  const body = request();
  body.write('one ');
  body.end('two');
  expect(String(await readChunkBody(body))).toBe('one two');
});

test('a body that never ends is cut, and told to be sent again', async () => {
  const body = request();
  body.write('half of');
  await expect(readChunkBody(body, 10)).rejects.toMatchObject({ code: 'chunk_length_wrong' });
  expect(body.destroyed).toBe(true);
});
