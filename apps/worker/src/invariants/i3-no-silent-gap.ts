import { createHash } from 'node:crypto';
import type { AnswerFacts, SegmentFacts, TakeFacts } from './facts';
import type { Finding } from './violation';

/** I3: a take that counts as received is whole, exactly as it was proved. One finding per take. */
export function noSilentGap(take: TakeFacts): Finding[] {
  const message = gapOf(take) ?? proofFaultOf(take);
  if (!message) return [];
  // What failed is looked at again by people: losing its raw bytes breaks the promise made about failures.
  if (take.keptAs === 'failed' && gapOf(take))
    return [{ invariant: 'I4', subject: 'take', id: take.id, message: `its answer failed, and ${message}` }];
  return [{ invariant: 'I3', subject: 'take', id: take.id, message }];
}

/** I3: nothing is made an answer before it was received whole. */
export function keptWhole({ id, take, keptAt, response }: AnswerFacts): Finding[] {
  if (!take && keptAt) {
    const message = !response?.kind
      ? 'is kept, but neither a take nor a response is'
      : response.kind === 'file' && !response.fileKept
        ? 'keeps a file that was not received'
        : null;
    return message ? [{ invariant: 'I3', subject: 'answer', id, message }] : [];
  }
  if (!take || (take.ofThisAnswer && take.state === 'kept')) return [];
  const message = take.ofThisAnswer
    ? `keeps take ${take.id}, which is ${take.state}`
    : `keeps take ${take.id} of another answer`;
  return [{ invariant: 'I3', subject: 'answer', id, message }];
}

function gapOf(take: TakeFacts): string | null {
  if (take.finalisedAt === null) return null;
  for (const { number, chunks, chunkCount } of take.segments) {
    const absent = chunks.findIndex((chunk, position) => chunk.index !== position);
    const missing = absent >= 0 ? absent : chunks.length;
    if (chunkCount !== null && missing < chunkCount) return `segment ${number} chunk ${missing} is missing`;
  }
  return null;
}

function proofFaultOf(take: TakeFacts): string | null {
  if (take.chunkCount !== take.heldChunks || take.sizeBytes !== take.heldBytes)
    return (
      `counts ${take.chunkCount} chunks of ${take.sizeBytes} bytes, ` +
      `but holds ${take.heldChunks} of ${take.heldBytes}`
    );
  if (take.finalisedAt === null)
    return ['finalised', 'kept'].includes(take.state) ? `is ${take.state}, but was never proved whole` : null;
  const proved = take.segments.filter((segment) => segment.chunkCount !== null);
  if (proved.length === 0) return 'was proved whole without any segment';
  for (const [position, segment] of proved.entries()) {
    if (segment.number !== position && !take.salvaged) return `segment ${position} is missing`;
  }
  for (const segment of take.segments) {
    const fault = segmentFaultOf(take.salvaged ? playedPartOf(segment) : segment);
    if (fault) return `segment ${segment.number} ${fault}`;
  }
  return null;
}

/** Of a salvaged take only what was proved is played; what lies behind a gap is held, and nobody's answer. */
const playedPartOf = (segment: SegmentFacts): SegmentFacts => ({
  ...segment,
  chunks: segment.chunks.slice(0, segment.chunkCount ?? 0),
  // Read over every chunk that is held.
  bytesSha256: segment.chunks.length === segment.chunkCount ? segment.bytesSha256 : segment.sha256,
});

function segmentFaultOf({ chunks, bytesSha256, ...proof }: SegmentFacts): string | null {
  // Opened, and given up before its first chunk arrived.
  if (proof.chunkCount === null) return chunks.length > 0 ? 'holds chunks that were not proved' : null;
  if (proof.chunkCount !== chunks.length)
    return `holds ${chunks.length} chunks instead of ${proof.chunkCount}`;
  const sizeBytes = chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0);
  if (sizeBytes !== proof.sizeBytes) return `holds ${sizeBytes} bytes instead of ${proof.sizeBytes}`;
  const manifest = createHash('sha256');
  for (const chunk of chunks) manifest.update(Buffer.from(chunk.sha256, 'hex'));
  if (manifest.digest('hex') !== proof.manifestSha256) return 'does not have the digest of its manifest';
  // Bytes that are not those of their rows are I1's; what is left is a wrong proof.
  const asWritten = chunks.every((chunk) => chunk.object?.sha256 === chunk.sha256);
  if (asWritten && bytesSha256 !== proof.sha256) return 'does not have the SHA-256 it was proved with';
  return null;
}
