export { freePort } from './free-port';
export { makeTemporaryDirectory, type TemporaryDirectory } from './temporary-directory';
export { startTestPostgres, type TestPostgres, type TestPostgresOptions } from './test-postgres';
export { startOwnTestRedis, startTestRedis, type OwnTestRedis, type TestRedis } from './test-redis';
export { startTestS3, type S3Fault, type TestS3 } from './test-s3';
export { waitFor, type WaitForOptions } from './wait-for';
