import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { DigestMismatch, SizeMismatch } from './errors';
import { BodyFailure, consumeBody } from './measured-body';

const bytes = Buffer.from('twelve bytes');
const sha256 = createHash('sha256').update(bytes).digest('hex');

describe('consumeBody', () => {
  it('measures a buffer and a stream alike', async () => {
    const written: Buffer[] = [];
    const stream = Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]);
    const write = (piece: Buffer) => void written.push(piece);
    expect(await consumeBody(stream, { sha256, sizeBytes: 12 }, write)).toEqual({ sha256, sizeBytes: 12 });
    expect(Buffer.concat(written)).toEqual(bytes);
    expect(await consumeBody(bytes, {}, () => undefined)).toEqual({ sha256, sizeBytes: 12 });
  });

  it('names both hashes when they differ', async () => {
    const announced = 'f'.repeat(64);
    await expect(consumeBody(bytes, { sha256: announced }, () => undefined)).rejects.toEqual(
      new DigestMismatch(announced, sha256),
    );
  });

  it('notices missing bytes', async () => {
    await expect(consumeBody(bytes, { sizeBytes: 13 }, () => undefined)).rejects.toEqual(
      new SizeMismatch(13, 12),
    );
  });

  it('stops at the first byte too many and leaves the stream alive', async () => {
    const stream = Readable.from([bytes, bytes, bytes]);
    const write = jest.fn();
    await expect(consumeBody(stream, { sizeBytes: 13 }, write)).rejects.toEqual(new SizeMismatch(13, 24));
    expect(write).toHaveBeenCalledTimes(1);
    expect(stream.destroyed).toBe(false);
  });

  it("tells the body's failure from the writer's", async () => {
    const hangUp = new Error('client hung up');
    const broken = Readable.from(
      (async function* () {
        yield bytes;
        throw hangUp;
      })(),
    );
    const bodyError: unknown = await consumeBody(broken, {}, () => undefined).catch(
      (error: unknown) => error,
    );
    expect(bodyError).toBeInstanceOf(BodyFailure);
    expect((bodyError as BodyFailure).cause).toBe(hangUp);

    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    await expect(consumeBody(Readable.from([bytes]), {}, () => Promise.reject(full))).rejects.toBe(full);
  });
});
