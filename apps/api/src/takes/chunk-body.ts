import { limits } from '@fairtake/contracts';
import { AppError } from '@fairtake/server-kit';
import type { Request } from 'express';

const digestForm = /^sha-256=:([A-Za-z0-9+/]{43}=):$/;
const leaseForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A mebibyte at 140 kbit/s. Slower senders make smaller chunks. */
const slowestBodyMs = 60_000;

/**
 * Reads the one chunk a request carries. A body cut short on its way is never stored, and one that takes longer than a
 * minute is cut here: it would hold a connection for nothing.
 */
export async function readChunkBody(request: Request, timeoutMs = slowestBodyMs): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limits.chunkMaxBytes)
    throw new AppError('body_too_large');
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  const timer = setTimeout(() => request.destroy(new Error('the body came too slowly')), timeoutMs);
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      sizeBytes += part.length;
      if (sizeBytes > limits.chunkMaxBytes) throw new AppError('body_too_large');
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('chunk_length_wrong', { cause: error });
  } finally {
    clearTimeout(timer);
  }
  if (sizeBytes === 0) throw new AppError('chunk_length_wrong');
  return Buffer.concat(parts);
}

/** The one sha-256 of a `Content-Digest` header (RFC 9530) as lower-case hex. */
export function chunkDigest(request: Request): string {
  const match = digestForm.exec(request.get('content-digest') ?? '');
  if (!match) throw new AppError('digest_header_missing');
  return Buffer.from(match[1]!, 'base64').toString('hex');
}

export function chunkLease(request: Request): string {
  const lease = (request.get('fairtake-lease') ?? '').toLowerCase();
  if (!leaseForm.test(lease)) throw new AppError('lease_header_missing');
  return lease;
}
