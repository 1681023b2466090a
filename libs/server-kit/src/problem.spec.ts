import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { AppError } from './app-error';
import { toAppError, toProblem } from './problem';

const named = (name: string): Error => Object.assign(new Error('secret detail'), { name });
const fromParser = (type: string, status: number): HttpException =>
  new HttpException('x', status, { cause: Object.assign(new Error('x'), { type }) });

test.each([
  ['the database is away', named('DatabaseUnavailable'), 'unavailable', 5],
  ['the storage is away', named('StorageUnavailable'), 'unavailable', 5],
  ['the storage is full', named('StorageFull'), 'storage_full', 60],
  ['the range lies outside', named('RangeNotSatisfiable'), 'range_not_satisfiable', undefined],
  // A row without its bytes is a fault of this service: loud, and no "there is no such thing".
  ['the bytes of a row are gone', named('ObjectNotFound'), 'internal', undefined],
  ['the body is no JSON', fromParser('entity.parse.failed', 400), 'body_not_json', undefined],
  ['the body is too large', fromParser('entity.too.large', 413), 'body_too_large', undefined],
  ['the charset is unknown', fromParser('charset.unsupported', 415), 'media_type_unsupported', undefined],
  ['the address cannot be decoded', new BadRequestException('x'), 'params_invalid', undefined],
  ['there is no such route', new NotFoundException('Cannot GET /x'), 'method_unknown', undefined],
  ['anything else', new TypeError('secret detail'), 'internal', undefined],
  ['something that is no error', 'secret detail', 'internal', undefined],
])('%s', (_name, thrown, code, retryAfterSeconds) => {
  const error = toAppError(thrown);
  expect(error).toMatchObject({ code, options: { cause: thrown } });
  expect(error.options.retryAfterSeconds).toBe(retryAfterSeconds);
  expect(JSON.stringify(toProblem(error, 'r1'))).not.toContain('secret');
});

test('a problem carries what the client may know, and its request', () => {
  const missing = [{ segment: 0, indexes: [3] }];
  const error = new AppError('chunks_missing', { missing, cause: new Error('secret') });
  expect(toProblem(error, 'r1')).toEqual({
    type: 'urn:fairtake:problem:chunks_missing',
    title: 'Some chunks of the manifest have not arrived',
    status: 409,
    code: 'chunks_missing',
    requestId: 'r1',
    missing,
  });
});
