import { toDiskStorageError } from './disk-errors';
import { DigestMismatch, StorageError } from './errors';
import { BodyFailure } from './measured-body';
import { toS3StorageError } from './s3-errors';

describe('toDiskStorageError', () => {
  it.each([
    ['ENOENT', 'object_not_found'],
    ['ENOSPC', 'storage_full'],
    ['EDQUOT', 'storage_full'],
    ['ENOTDIR', 'invalid_storage_key'],
    ['EISDIR', 'invalid_storage_key'],
    ['EIO', 'storage_unavailable'],
    ['EMFILE', 'storage_unavailable'],
  ])('%s means %s', (errno, code) => {
    const cause = Object.assign(new Error(errno), { code: errno });
    expect((toDiskStorageError(cause, 'a/b') as StorageError).code).toBe(code);
  });

  it('keeps the cause', () => {
    const cause = Object.assign(new Error('EIO'), { code: 'EIO' });
    expect(toDiskStorageError(cause, 'a/b')).toMatchObject({ cause });
  });
});

describe('toS3StorageError', () => {
  it.each([
    [{ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } }, 'object_not_found'],
    [{ name: 'NotFound', $metadata: { httpStatusCode: 404 } }, 'object_not_found'],
    [{ name: 'NoSuchBucket', $metadata: { httpStatusCode: 404 } }, 'storage_unavailable'],
    [{ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }, 'storage_unavailable'],
    [{ name: 'SlowDown', $metadata: { httpStatusCode: 503 } }, 'storage_unavailable'],
    [{ name: 'TimeoutError' }, 'storage_unavailable'],
    [{ name: 'Error', code: 'ECONNREFUSED' }, 'storage_unavailable'],
    [{ name: 'QuotaExceeded', $metadata: { httpStatusCode: 403 } }, 'storage_full'],
    [{ name: 'Unknown', $metadata: { httpStatusCode: 507 } }, 'storage_full'],
    [{ name: 'Error', code: 'ENOSPC' }, 'storage_full'],
  ])('%j means %s', (failure, code) => {
    expect((toS3StorageError(failure, 'a/b') as StorageError).code).toBe(code);
  });
});

describe.each([
  ['disk', toDiskStorageError],
  ['S3', toS3StorageError],
])('the %s mapping', (_name, map) => {
  it("passes the port's errors and the body's own failure", () => {
    const mismatch = new DigestMismatch('a', 'b');
    const hangUp = Object.assign(new Error('hung up'), { code: 'ECONNRESET' });
    expect(map(mismatch, 'a/b')).toBe(mismatch);
    expect(map(new BodyFailure(hangUp), 'a/b')).toBe(hangUp);
  });
});
