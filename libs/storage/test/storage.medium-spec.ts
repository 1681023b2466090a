import { createStorage, ObjectNotFound, StorageUnavailable, type Storage } from '@fairtake/storage';
import { makeTemporaryDirectory, startTestS3, type TemporaryDirectory, type TestS3 } from '@fairtake/testing';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describeStorageContract } from './storage-contract';

let s3: TestS3;
let directory: TemporaryDirectory;
const opened: Storage[] = [];
const open = (...args: Parameters<typeof createStorage>): Storage => {
  const storage = createStorage(...args);
  opened.push(storage);
  return storage;
};

beforeAll(async () => {
  s3 = await startTestS3();
  directory = await makeTemporaryDirectory({ name: 'storage' });
});
afterEach(() => s3.setFault(null));
afterAll(async () => {
  for (const storage of opened) storage.close();
  await s3.stop();
  await directory.remove();
});

describeStorageContract('disk', () => open({ kind: 'disk', directory: `${directory.path}/contract` }));
describeStorageContract('S3', () => open({ kind: 's3', ...s3 }));

describe('S3 storage', () => {
  const body = Buffer.from('bytes');

  it('sweeping removes old spool files only', async () => {
    const [old, running] = ['old', 'running'].map((name) =>
      path.join(os.tmpdir(), `fairtake-put-${name}-${randomUUID()}`),
    );
    try {
      for (const file of [old!, running!]) await fs.writeFile(file, 'x');
      await fs.utimes(old!, 1, 1);
      expect(await open({ kind: 's3', ...s3 }).removeLeftovers(60_000)).toBeGreaterThanOrEqual(1);
      await expect(fs.stat(old!)).rejects.toThrow('ENOENT');
      expect((await fs.stat(running!)).size).toBe(1);
    } finally {
      for (const file of [old!, running!]) await fs.rm(file, { force: true });
    }
  });

  it('sends length and SHA-256 with the bytes and no trailing checksum', async () => {
    let headers: NodeJS.Dict<string | string[]> = {};
    s3.setFault((request) => {
      if (request.method === 'PUT') headers = request.headers;
      return false;
    });
    const storage = open({ kind: 's3', ...s3 });
    await storage.put('org/checksum/a', Readable.from([body]));
    const { sha256 } = await storage.put('org/checksum/a', body);
    expect(headers['x-amz-checksum-sha256']).toBe(Buffer.from(sha256, 'hex').toString('base64'));
    expect(headers['content-length']).toBe('5');
    expect(headers['x-amz-trailer']).toBeUndefined();
  });

  it('tries again when the store is busy for a moment', async () => {
    let refusals = 0;
    s3.setFault((request, response) => {
      if (refusals === 2) return false;
      refusals += 1;
      request.resume();
      response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
      return true;
    });
    const storage = open({ kind: 's3', ...s3 });
    await storage.put('org/busy/a', body);
    expect(refusals).toBe(2);
    expect(await storage.read('org/busy/a')).toEqual(body);
  });

  it('says unavailable when the store stays broken, and never "missing"', async () => {
    s3.setFault((request, response) => {
      request.resume();
      response.writeHead(500).end();
      return true;
    });
    const storage = open({ kind: 's3', ...s3 });
    await expect(storage.put('org/broken/a', body)).rejects.toBeInstanceOf(StorageUnavailable);
    await expect(storage.head('org/broken/a')).rejects.toBeInstanceOf(StorageUnavailable);
    await expect(storage.checkHealth()).rejects.toBeInstanceOf(StorageUnavailable);
  });

  it('gives up on a store that does not answer', async () => {
    s3.setFault(() => true);
    const storage = open({ kind: 's3', ...s3, requestTimeoutMs: 100 });
    await expect(storage.put('org/silent/a', body)).rejects.toBeInstanceOf(StorageUnavailable);
    await expect(storage.get('org/silent/a')).rejects.toBeInstanceOf(StorageUnavailable);
  });

  it('lists more objects than fit on a page', async () => {
    const page = (key: string, next: string) =>
      `<ListBucketResult><Contents><Key>${key}</Key><Size>5</Size></Contents>${next}</ListBucketResult>`;
    // s3rver cannot page (see startTestS3), so the pages are ours.
    s3.setFault((request, response) => {
      const continued = request.url?.includes('continuation-token=second');
      const next = '<IsTruncated>true</IsTruncated><NextContinuationToken>second</NextContinuationToken>';
      response.end(continued ? page('org/pages/b', '') : page('org/pages/a', next));
      return true;
    });
    const keys: string[] = [];
    for await (const { key } of open({ kind: 's3', ...s3 }).list('org/pages/')) keys.push(key);
    expect(keys).toEqual(['org/pages/a', 'org/pages/b']);
  });

  it('keeps no spooled bytes, whether a large put worked or not', async () => {
    jest.spyOn(os, 'tmpdir').mockReturnValue(directory.path);
    const storage = open({ kind: 's3', ...s3 });
    const large = () => Readable.from([Buffer.alloc(5_000_000), Buffer.alloc(5_000_000)]);
    await storage.put('org/large/a', large());
    await expect(storage.put('org/large/b', large(), { sizeBytes: 10_000_001 })).rejects.toThrow();
    const spools = (await fs.readdir(directory.path)).filter((name) => name.startsWith('fairtake-put-'));
    expect(spools).toEqual([]);
    expect(os.tmpdir).toHaveBeenCalledTimes(2);
    jest.restoreAllMocks();
  });

  it('reports a missing or foreign bucket as unhealthy, not as a missing object', async () => {
    const storage = open({ kind: 's3', ...s3, bucket: 'not-there' });
    await expect(storage.checkHealth()).rejects.toBeInstanceOf(StorageUnavailable);
    const failure: unknown = await storage.get('org/a').catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(ObjectNotFound);
  });

  it('may be stopped by a test before and after the store has the bytes', async () => {
    const at = (wanted: string) =>
      open(
        { kind: 's3', ...s3 },
        {
          failpoint: (name) => {
            if (name === wanted) throw new Error(`stopped at ${name}`);
          },
        },
      );
    await expect(at('storage.after_temp').put('org/stop/a', body)).rejects.toThrow();
    expect(await open({ kind: 's3', ...s3 }).head('org/stop/a')).toBeNull();
    await expect(at('storage.after_rename').put('org/stop/a', body)).rejects.toThrow();
    expect(await open({ kind: 's3', ...s3 }).head('org/stop/a')).toMatchObject({ sizeBytes: 5 });
  });
});
