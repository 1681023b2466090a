import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import {
  DigestMismatch,
  InvalidStorageKey,
  ObjectNotFound,
  RangeNotSatisfiable,
  SizeMismatch,
  type ListedObject,
  type Storage,
} from '@fairtake/storage';

const OTHER_SHA256 = 'f'.repeat(64);
const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function bytesOf(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function everything(storage: Storage, prefix: string): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  for await (const object of storage.list(prefix)) objects.push(object);
  return objects.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** What every adapter of the port must do. `make` returns an empty storage that is shared by all tests below. */
export function describeStorageContract(name: string, make: () => Storage): void {
  describe(`storage contract: ${name}`, () => {
    let storage: Storage;
    let folder: string;
    let number = 0;

    beforeAll(() => {
      storage = make();
    });
    beforeEach(() => {
      folder = `org/test${(number += 1)}/`;
    });

    describe('put and get', () => {
      it.each([0, 1, 1000, 1024 * 1024])('keeps %d bytes given as a buffer', async (sizeBytes) => {
        const bytes = randomBytes(sizeBytes);
        const sha256 = sha256Of(bytes);
        expect(await storage.put(`${folder}a`, bytes, { sha256, sizeBytes })).toEqual({ sha256, sizeBytes });
        const stored = await storage.get(`${folder}a`);
        expect(stored).toMatchObject({ sizeBytes, lengthBytes: sizeBytes, start: 0 });
        expect((await bytesOf(stored.stream)).equals(bytes)).toBe(true);
      });

      // The last one does not fit into the memory the S3 adapter spends on a put.
      it.each([0, 300_000, 9 * 1024 * 1024])('keeps %d bytes given as a stream', async (sizeBytes) => {
        const bytes = randomBytes(sizeBytes);
        const result = await storage.put(`${folder}a`, Readable.from(slices(bytes, 65_536)));
        expect(result).toEqual({ sizeBytes, sha256: sha256Of(bytes) });
        expect((await storage.read(`${folder}a`)).equals(bytes)).toBe(true);
      });

      it('takes the same bytes again', async () => {
        const bytes = Buffer.from('same');
        const first = await storage.put(`${folder}a`, bytes);
        expect(await storage.put(`${folder}a`, bytes)).toEqual(first);
        expect(await everything(storage, folder)).toHaveLength(1);
      });

      it('replaces an object as a whole', async () => {
        await storage.put(`${folder}a`, Buffer.from('a long first version'));
        await storage.put(`${folder}a`, Buffer.from('second'));
        expect((await storage.read(`${folder}a`)).toString()).toBe('second');
      });

      it('survives the same put twenty times at once', async () => {
        const bytes = randomBytes(50_000);
        await Promise.all(Array.from({ length: 20 }, () => storage.put(`${folder}deep/er/a`, bytes)));
        expect((await storage.read(`${folder}deep/er/a`)).equals(bytes)).toBe(true);
        expect(await everything(storage, folder)).toHaveLength(1);
      });
    });

    describe('refuses, and leaves what was there,', () => {
      const good = Buffer.from('the good bytes');
      beforeEach(() => storage.put(`${folder}a`, good));
      afterEach(async () => {
        expect((await storage.read(`${folder}a`)).equals(good)).toBe(true);
        expect(await everything(storage, folder)).toHaveLength(1);
      });

      const bad = () => Buffer.from('damaged');
      const kinds: [string, () => Buffer | Readable][] = [
        ['buffer', bad],
        ['stream', () => Readable.from([bad()])],
      ];
      it.each(kinds)('a %s with another hash', async (_kind, body) => {
        const put = storage.put(`${folder}a`, body(), { sha256: OTHER_SHA256 });
        await expect(put).rejects.toEqual(new DigestMismatch(OTHER_SHA256, sha256Of(bad())));
      });
      it.each(kinds)('a %s that is shorter or longer than announced', async (_kind, body) => {
        await expect(storage.put(`${folder}a`, body(), { sizeBytes: 8 })).rejects.toBeInstanceOf(
          SizeMismatch,
        );
        await expect(storage.put(`${folder}a`, body(), { sizeBytes: 6 })).rejects.toBeInstanceOf(
          SizeMismatch,
        );
      });
      it('a stream that breaks, with the error of the stream', async () => {
        const hangUp = Object.assign(new Error('client hung up'), { code: 'ECONNRESET' });
        const body = Readable.from(
          (async function* () {
            yield Buffer.alloc(100_000);
            throw hangUp;
          })(),
        );
        await expect(storage.put(`${folder}a`, body)).rejects.toBe(hangUp);
      });
    });

    describe('ranges', () => {
      const bytes = Buffer.from('0123456789');
      beforeEach(() => storage.put(`${folder}a`, bytes));

      it.each([
        [{ start: 0, end: 0 }, '0'],
        [{ start: 0, end: 1 }, '01'],
        [{ start: 3, end: 5 }, '345'],
        [{ start: 9, end: 9 }, '9'],
        [{ start: 7 }, '789'],
        [{ start: 0 }, '0123456789'],
        [{ start: 8, end: 1000 }, '89'],
      ])('%j delivers %s', async (range, expected) => {
        const stored = await storage.get(`${folder}a`, range);
        expect((await bytesOf(stored.stream)).toString()).toBe(expected);
        expect(stored).toMatchObject({ sizeBytes: 10, start: range.start, lengthBytes: expected.length });
      });

      it('refuses a start behind the last byte and names the size', async () => {
        await expect(storage.get(`${folder}a`, { start: 10 })).rejects.toEqual(new RangeNotSatisfiable(10));
        await expect(storage.get(`${folder}a`, { start: 50, end: 60 })).rejects.toEqual(
          new RangeNotSatisfiable(10),
        );
      });

      it('refuses what is no range', async () => {
        await expect(storage.get(`${folder}a`, { start: 5, end: 4 })).rejects.toBeInstanceOf(RangeError);
      });
    });

    describe('missing objects', () => {
      it('are named by get, read and copy', async () => {
        const missing = `${folder}none`;
        await expect(storage.get(missing)).rejects.toEqual(new ObjectNotFound(missing));
        await expect(storage.get(missing, { start: 5 })).rejects.toEqual(new ObjectNotFound(missing));
        await expect(storage.read(missing)).rejects.toEqual(new ObjectNotFound(missing));
        await expect(storage.copy(missing, `${folder}b`)).rejects.toEqual(new ObjectNotFound(missing));
      });
      it('are null for head and no error for delete', async () => {
        expect(await storage.head(`${folder}none`)).toBeNull();
        await storage.delete(`${folder}none`);
        expect(await storage.deletePrefix(`${folder}none/`)).toBe(0);
        expect(await everything(storage, `${folder}none/`)).toEqual([]);
      });
      it('are also what a folder is', async () => {
        await storage.put(`${folder}sub/a`, Buffer.from('x'));
        expect(await storage.head(`${folder}sub`)).toBeNull();
        await expect(storage.get(`${folder}sub`)).rejects.toBeInstanceOf(ObjectNotFound);
      });
    });

    it('read refuses objects that are too large for memory', async () => {
      await storage.put(`${folder}a`, Buffer.alloc(11));
      await expect(storage.read(`${folder}a`, { maxSizeBytes: 10 })).rejects.toBeInstanceOf(RangeError);
      expect(await storage.read(`${folder}a`, { maxSizeBytes: 11 })).toHaveLength(11);
    });

    it('head tells size and age', async () => {
      await storage.put(`${folder}a`, Buffer.alloc(7));
      const head = await storage.head(`${folder}a`);
      expect(head?.sizeBytes).toBe(7);
      // S3 gives whole seconds.
      expect(Math.abs(Date.now() - (head?.modifiedAt.getTime() ?? 0))).toBeLessThan(10_000);
    });

    it('list finds exactly what starts with the prefix', async () => {
      for (const key of ['take1/s0/c0', 'take1/s0/c1', 'take1/whole', 'take10/s0/c0']) {
        await storage.put(folder + key, Buffer.from(key));
      }
      const keys = async (prefix: string) =>
        (await everything(storage, folder + prefix)).map(({ key }) => key.slice(folder.length));
      expect(await keys('')).toEqual(['take1/s0/c0', 'take1/s0/c1', 'take1/whole', 'take10/s0/c0']);
      expect(await keys('take1')).toEqual(['take1/s0/c0', 'take1/s0/c1', 'take1/whole', 'take10/s0/c0']);
      expect(await keys('take1/')).toEqual(['take1/s0/c0', 'take1/s0/c1', 'take1/whole']);
      expect(await keys('take1/s0/c1')).toEqual(['take1/s0/c1']);
      expect(await keys('take2/')).toEqual([]);
      expect((await everything(storage, `${folder}take1/whole`))[0]).toMatchObject({ sizeBytes: 11 });
      expect((await everything(storage, '')).length).toBeGreaterThanOrEqual(4);
    });

    it('copy makes an object of its own', async () => {
      await storage.put(`${folder}a`, Buffer.from('original'));
      await storage.put(`${folder}b`, Buffer.from('to be replaced'));
      await storage.copy(`${folder}a`, `${folder}b`);
      await storage.delete(`${folder}a`);
      expect((await storage.read(`${folder}b`)).toString()).toBe('original');
    });

    it('delete removes one object, twice without complaint, and the key can be used again', async () => {
      await storage.put(`${folder}sub/a`, Buffer.from('x'));
      await storage.delete(`${folder}sub/a`);
      await storage.delete(`${folder}sub/a`);
      expect(await storage.head(`${folder}sub/a`)).toBeNull();
      await storage.put(`${folder}sub/a`, Buffer.from('again'));
      expect((await storage.read(`${folder}sub/a`)).toString()).toBe('again');
    });

    it('deletePrefix removes a folder and not its neighbours', async () => {
      for (let index = 0; index < 12; index += 1) {
        await storage.put(`${folder}take1/s0/c${index}`, Buffer.from('x'));
      }
      await storage.put(`${folder}take10/s0/c0`, Buffer.from('x'));
      expect(await storage.deletePrefix(`${folder}take1/`)).toBe(12);
      expect((await everything(storage, folder)).map(({ key }) => key)).toEqual([`${folder}take10/s0/c0`]);
      await expect(storage.deletePrefix(`${folder}take1`)).rejects.toBeInstanceOf(InvalidStorageKey);
    });

    it.each(['../outside', '/etc/passwd', 'a/../../b', '', 'a//b', 'a\0b', '.tmp/x'])(
      'no method takes the key %j',
      async (key) => {
        const attempts = [
          () => storage.put(key, Buffer.from('x')),
          () => storage.get(key),
          () => storage.read(key),
          () => storage.head(key),
          () => storage.delete(key),
          () => storage.copy(key, `${folder}a`),
          () => storage.copy(`${folder}a`, key),
          () => storage.deletePrefix(`${key}/`),
        ];
        await storage.put(`${folder}a`, Buffer.from('x'));
        for (const attempt of attempts) await expect(attempt()).rejects.toBeInstanceOf(InvalidStorageKey);
      },
    );

    it('a reader may leave early', async () => {
      await storage.put(`${folder}a`, randomBytes(500_000));
      const { stream } = await storage.get(`${folder}a`);
      stream.destroy();
      if (!stream.closed) await once(stream, 'close');
      expect(await storage.head(`${folder}a`)).toMatchObject({ sizeBytes: 500_000 });
    });

    it('is healthy', async () => {
      expect(await storage.checkHealth()).toMatchObject({ acceptsNewObjects: true });
    });

    it('sweeping leaves objects alone', async () => {
      await storage.put(`${folder}a`, Buffer.from('x'));
      await storage.removeLeftovers(0);
      expect(await storage.head(`${folder}a`)).not.toBeNull();
    });
  });
}

function* slices(bytes: Buffer, sizeBytes: number): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += sizeBytes)
    yield bytes.subarray(start, start + sizeBytes);
}
