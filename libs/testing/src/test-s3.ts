/// <reference path="./s3rver.d.ts" />
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type S3rver from 's3rver';
import { makeTemporaryDirectory } from './temporary-directory';
import { waitFor } from './wait-for';

/** Answers a request in the store's place; returns false to let the store answer. */
export type S3Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

/** An S3-compatible store for one test file; spread it into the configuration of an S3 storage. */
export interface TestS3 {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: true;
  /** From now on every request is offered to the fault first; null ends it. */
  setFault(fault: S3Fault | null): void;
  /** Closes the server, also under open connections, and removes its files. */
  stop(): Promise<void>;
}

/**
 * An s3rver on a free port of 127.0.0.1 with one empty bucket. It checks signatures, but no checksums,
 * and it cannot list more than 1,000 objects at once (its page tokens use DES, which OpenSSL 3 no longer has).
 */
export async function startTestS3(): Promise<TestS3> {
  const directory = await makeTemporaryDirectory({ name: 's3' });
  const bucket = 'fairtake-test';
  const { default: Server } = await import('s3rver');
  const s3 = new Server({
    directory: directory.path,
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket }],
  });
  await s3.configureBuckets();
  repairStore(s3.store);

  let fault: S3Fault | null = null;
  const answer: RequestListener = s3.callback();
  const server = http.createServer((request, response) => {
    if (!fault?.(request, response)) answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    bucket,
    // The only key pair s3rver knows.
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    forcePathStyle: true,
    setFault: (next) => {
      fault = next;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await directory.remove();
    },
  };
}

/** Two defects of s3rver 3.7.1 that a real store does not have and that would make tests lie or flicker. */
function repairStore(store: S3rver['store']): void {
  // It answers a put before its file is complete, so a read right after it could see a part.
  const putObject = store.putObject.bind(store);
  store.putObject = async (object) => {
    const result = await putObject(object);
    const file = store.getResourcePath(object.bucket, object.key, 'object');
    await waitFor(async () => (await fs.stat(file)).size === result.size, { what: `${file} to be written` });
    return result;
  };
  // It takes `bytes=0-0` for "from 0 to the end".
  const getObject = store.getObject.bind(store);
  store.getObject = async (bucket, key, options) => {
    const object = await getObject(bucket, key, options);
    if (options?.end === 0 && object?.content) {
      object.content.destroy();
      object.content = createReadStream(store.getResourcePath(bucket, key, 'object'), { start: 0, end: 0 });
      object.range = { start: 0, end: 0 };
    }
    return object;
  };
}
