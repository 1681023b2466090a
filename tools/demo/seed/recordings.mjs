import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { recordingPieces } from '../recording-pieces.mjs';
import { ApiClient } from './api-client.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** A candidate who has opened their link and agreed to the notice. */
export async function openInterview(url, link, locale) {
  const client = new ApiClient(url);
  const { interviewId } = await client.post('/candidate/session', {
    token: link.slice(link.indexOf('#') + 1),
  });
  const path = `/candidate/interviews/${interviewId}`;
  const interview = await client.get(path);
  const { questions } = await client.post(`${path}/consent`, {
    noticeId: interview.consent.noticeId,
    locale,
  });
  return { client, path, questions };
}

/**
 * Sends one clip through the upload path a browser uses: take, chunks with digests under a lease, manifest, keep.
 *
 * @param {{ path: string, mimeType: string, durationSeconds: number }} clip
 */
export async function sendAnswer({ client, path }, questionId, clip) {
  const takePath = `${path}/takes/${randomUUID()}`;
  await client.post(`${path}/questions/${questionId}/open`);
  const lease = await client.put(takePath, { questionId, recorder: 'baseline', mimeType: clip.mimeType });
  const pieces = recordingPieces(await readFile(clip.path), clip.mimeType);
  for (const [index, bytes] of pieces.entries())
    await client.request('PUT', `${takePath}/segments/0/chunks/${index}`, {
      bytes,
      headers: {
        'Content-Digest': `sha-256=:${sha256(bytes).toString('base64')}:`,
        'Fairtake-Lease': lease.lease,
      },
    });
  const manifest = {
    count: pieces.length,
    sizeBytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
    sha256: sha256(Buffer.concat(pieces.map(sha256))).toString('hex'),
  };
  const durationMs = Math.round(clip.durationSeconds * 1000);
  await client.post(`${takePath}/finalise`, { segments: [manifest], durationMs });
  await client.post(`${takePath}/keep`);
}
