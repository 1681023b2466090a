import { InfrastructureError, MediaCrashed, MediaRejected, MediaTimeout } from '@fairtake/media';
import { PermanentJobError, TransientJobError } from '@fairtake/queue';
import { ObjectNotFound, StorageFull, StorageUnavailable } from '@fairtake/storage';
import { jobErrorOf } from './job-errors';

test.each([
  ['empty', 'no_media'],
  ['not_allowed', 'hostile'],
  ['invalid_data', 'unreadable'],
  ['too_large', 'too_large'],
] as const)('media refused as %s is given up as %s', (reason, failure) => {
  const error = jobErrorOf(new MediaRejected(reason, 'last words'));
  expect(error).toBeInstanceOf(PermanentJobError);
  expect(error).toMatchObject({ failure, message: expect.stringContaining('last words') });
});

test.each([
  ['ffmpeg is gone', new InfrastructureError('gone')],
  ['the store is away', new StorageUnavailable('away')],
  ['the store is full', new StorageFull('full')],
  ['the work directory is full', Object.assign(new Error('full'), { code: 'ENOSPC' })],
])('%s: no fault of the media', (_name, error) => {
  expect(jobErrorOf(error)).toBeInstanceOf(TransientJobError);
});

test.each([
  ['a crash', new MediaCrashed(139, null, 'last words')],
  ['a hang', new MediaTimeout(5, 'last words')],
])('%s is counted, and its last words kept', (_name, error) => {
  const counted = jobErrorOf(error);
  expect(counted).not.toBeInstanceOf(PermanentJobError);
  expect(counted).not.toBeInstanceOf(TransientJobError);
  expect(counted).toMatchObject({ message: expect.stringContaining('last words') });
});

test('what nobody expected stays what it is', () => {
  const lost = new ObjectNotFound('org/x');
  expect(jobErrorOf(lost)).toBe(lost);
});
