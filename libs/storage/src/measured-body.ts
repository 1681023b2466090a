import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { DigestMismatch, SizeMismatch } from './errors';
import type { PutOptions, PutResult } from './storage';

/** The caller's own stream failed (a client hung up): not the store's fault, `put` rethrows its `cause` unchanged. */
export class BodyFailure extends Error {
  constructor(override readonly cause: unknown) {
    super('The body stream failed.', { cause });
  }
}

/**
 * Hands the body to `write` piece by piece while counting and hashing it, then compares with what was announced.
 * Stops reading as soon as more bytes arrive than announced, so a liar cannot fill the disk. The stream is not
 * destroyed on failure: it may be an HTTP request that still deserves an answer.
 *
 * @throws DigestMismatch, SizeMismatch, what `write` throws, BodyFailure
 */
export async function consumeBody(
  body: Buffer | Readable,
  expected: Pick<PutOptions, 'sha256' | 'sizeBytes'>,
  write: (piece: Buffer) => Promise<void> | void,
): Promise<PutResult> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const piece of pieces(body)) {
    sizeBytes += piece.length;
    if (expected.sizeBytes !== undefined && sizeBytes > expected.sizeBytes) {
      throw new SizeMismatch(expected.sizeBytes, sizeBytes);
    }
    hash.update(piece);
    await write(piece);
  }
  if (expected.sizeBytes !== undefined && sizeBytes !== expected.sizeBytes) {
    throw new SizeMismatch(expected.sizeBytes, sizeBytes);
  }
  const sha256 = hash.digest('hex');
  if (expected.sha256 !== undefined && sha256 !== expected.sha256) {
    throw new DigestMismatch(expected.sha256, sha256);
  }
  return { sizeBytes, sha256 };
}

async function* pieces(body: Buffer | Readable): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(body)) {
    yield body;
    return;
  }
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false })) {
      yield Buffer.isBuffer(piece) ? piece : Buffer.from(piece as Uint8Array | string);
    }
  } catch (error) {
    throw new BodyFailure(error);
  }
}

/** Collects a stream of known, modest size. @throws what the stream throws */
export async function collect(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
