import { createHash } from 'node:crypto';
import { Journal } from '../journal/journal';
import { MemoryJournalStore } from '../journal/journal-store';
import { ChunkPlan, type PlannedChunk } from './chunk-plan';
import { ChunkSource } from './chunk-source';

const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const sha256 = (bytes: Uint8Array): string => Buffer.from(hash(bytes)).toString('hex');
const takeId = 'take';

/** A take of `count` fragments, each its own chunk, none sealed. */
async function setUp(count: number, digest: (bytes: Uint8Array) => Promise<Uint8Array>) {
  const journal = new Journal(new MemoryJournalStore());
  const base = { takeId, interviewId: 'i', questionId: 'q', recorder: 'baseline' as const, mimeTypes: [] };
  const rest = { state: 'recording' as const, startedAt: '', recordedMs: 0, lease: null, kept: false };
  await journal.replaceTake({ ...base, ...rest, segmentLeases: [] });
  const plan = new ChunkPlan();
  for (let sequence = 0; sequence < count; sequence++) {
    const fragment = { segment: 0, sequence, sizeBytes: 10 };
    await journal.appendFragment(takeId, fragment, new Uint8Array(10).fill(sequence), 0);
    plan.addFragment(fragment);
  }
  const chunks: PlannedChunk[] = [];
  for (let at = 0; at < count; at++) {
    const chunk = plan.next(1, 0)!;
    chunk.state = 'in_flight';
    chunks.push(chunk);
  }
  return { journal, chunks, source: new ChunkSource(takeId, plan, journal, digest) };
}

describe('ChunkSource', () => {
  it('seals once: sent again, a chunk keeps the digest it was first sent with', async () => {
    let digests = 0;
    const { chunks, journal, source } = await setUp(1, async (bytes) => (digests++, hash(bytes)));
    const first = await source.bytesOf(chunks[0]!);
    const again = await source.bytesOf(chunks[0]!);
    expect([first, again]).toEqual([new Uint8Array(10), new Uint8Array(10)]);
    expect(digests).toBe(1);
    const { chunks: sealed } = await journal.contents(takeId);
    expect(sealed).toMatchObject([{ index: 0, sha256: sha256(new Uint8Array(10)), acknowledged: false }]);
  });

  it('seals again after a seal that failed, and the chunks behind wait for it', async () => {
    let fails = true;
    const digest = async (bytes: Uint8Array): Promise<Uint8Array> => {
      if (fails && bytes[0] === 0) throw new Error('not now');
      return hash(bytes);
    };
    const { chunks, journal, source } = await setUp(2, digest);
    const [first, second] = [source.bytesOf(chunks[0]!), source.bytesOf(chunks[1]!)];
    await expect(first).rejects.toThrow('not now');
    await expect(second).rejects.toThrow('The chunk before is not sealed yet');
    expect((await journal.contents(takeId)).chunks).toEqual([]);
    fails = false;
    await Promise.all([source.bytesOf(chunks[0]!), source.bytesOf(chunks[1]!)]);
    const { chunks: sealed } = await journal.contents(takeId);
    expect(sealed.map((chunk) => chunk.sha256)).toEqual(
      [0, 1].map((n) => sha256(new Uint8Array(10).fill(n))),
    );
  });

  it('tells bytes that rotted on the device', async () => {
    const { chunks, journal, source } = await setUp(1, async (bytes) => hash(bytes));
    await source.bytesOf(chunks[0]!);
    expect(await source.intact(chunks[0]!)).toBe(true);
    await journal.appendFragment(
      takeId,
      { segment: 0, sequence: 0, sizeBytes: 10 },
      new Uint8Array(10).fill(9),
      0,
    );
    expect(await source.intact(chunks[0]!)).toBe(false);
  });
});
