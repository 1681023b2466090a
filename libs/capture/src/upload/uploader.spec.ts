import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { joinBytes } from '../digest';
import type { Fault } from '../testing/fake-capture-server';
import { UploadWorld, type UploadWorldOptions } from '../testing/upload-world';

// Hundreds of simulated minutes: a busy machine may take its time.
jest.setTimeout(30_000);

const takeId = 'take';
const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const sha256 = (bytes: Uint8Array): string => Buffer.from(hash(bytes)).toString('hex');

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const newWorld = (options: Omit<UploadWorldOptions, 'hash' | 'settle'> = {}): UploadWorld =>
  new UploadWorld({ hash, settle, ...options });
const fragment = (sizeBytes: number, fill: number): Uint8Array => new Uint8Array(sizeBytes).fill(fill);
const puts = (world: UploadWorld): string[] => world.requests('/chunks/');

const anyFault = fc.constantFrom<Fault>(
  'none',
  'drop',
  'lost_ack',
  'stall',
  'portal',
  'portal_403',
  'error_500',
  'busy',
  'corrupt',
);

describe('Uploader', () => {
  it('sends while the recording goes on and finalises beside the last chunk', async () => {
    const world = newWorld();
    await world.open();
    for (let second = 0; second < 5; second++) {
      await world.record(fragment(40_000, second));
      await world.clock.advance(1_000);
    }
    expect(world.upload.bytesAcknowledged).toBe(200_000);
    await world.record(fragment(40_000, 9));
    await world.finish();
    const stoppedAtMs = world.clock.nowMs();
    await world.untilFinalised();
    expect(world.clock.nowMs() - stoppedAtMs).toBeLessThanOrEqual(120);
    expect(world.upload.receipt?.segments).toEqual([
      { sizeBytes: 240_000, sha256: sha256(joinBytes(world.produced)) },
    ]);
    expect(world.journal.take(takeId).state).toBe('finalised');
  });

  it('keeps a link busy that is just fast enough: the next piece goes before the last one is answered', async () => {
    // A piece a second, each 1.2 s under way: one at a time would fall behind.
    const world = newWorld({ delayMs: () => 1_200 });
    await world.open();
    await world.clock.advance(1_300);
    for (let second = 0; second < 10; second++) {
      await world.record(fragment(40_000, second));
      await world.clock.advance(1_000);
    }
    expect(puts(world)).toHaveLength(10);
    await world.finish();
    const stoppedAtMs = world.clock.nowMs();
    await world.untilFinalised();
    expect(world.clock.nowMs() - stoppedAtMs).toBeLessThanOrEqual(1_300);
  });

  it('ends with the recorder’s bytes on the server whatever fails in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyFault, { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 12 }),
        async (faults, delaysMs, sizes) => {
          const world = newWorld({ faults, delaysMs });
          await world.open();
          for (const [at, sizeBytes] of sizes.entries()) {
            await world.record(fragment(sizeBytes, at));
            await world.clock.advance(500);
          }
          await world.finish();
          await world.untilFinalised();
          expect(sha256(world.server.assembled(takeId))).toBe(sha256(joinBytes(world.produced)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('loses nothing over reloads at any point, and keeps what was acknowledged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyFault, { maxLength: 20 }),
        fc.array(
          fc.record({
            sizeBytes: fc.integer({ min: 1, max: 200_000 }),
            reloadAfterMs: fc.option(fc.nat(900)),
          }),
          {
            minLength: 1,
            maxLength: 8,
          },
        ),
        fc.option(fc.nat(3_000)),
        async (faults, steps, reloadAfterStopMs) => {
          const world = newWorld({ faults });
          await world.open();
          for (const [at, step] of steps.entries()) {
            await world.record(fragment(step.sizeBytes, at));
            await world.clock.advance(step.reloadAfterMs ?? 500);
            const acknowledged = world.upload.bytesAcknowledged;
            if (step.reloadAfterMs === null) continue;
            await world.reload();
            expect(world.upload.bytesAcknowledged).toBeGreaterThanOrEqual(acknowledged);
          }
          await world.finish();
          if (reloadAfterStopMs !== null) {
            await world.clock.advance(reloadAfterStopMs);
            await world.reload();
          }
          await world.untilFinalised();
          expect(sha256(world.server.assembled(takeId))).toBe(sha256(joinBytes(world.produced)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('sends again what finalise reports missing, once it was believed held', async () => {
    const world = newWorld();
    await world.open();
    for (let at = 0; at < 4; at++) {
      await world.record(fragment(70_000, at));
      await world.clock.advance(1_000);
    }
    world.server.takes.get(takeId)!.segments[0]!.chunks.delete(1);
    await world.finish();
    await world.untilFinalised();
    expect(puts(world).filter((line) => line.endsWith('/chunks/1'))).toHaveLength(2);
    expect(sha256(world.server.assembled(takeId))).toBe(sha256(joinBytes(world.produced)));
  });

  it('does not spin when the server goes on missing what it acknowledged', async () => {
    const world = newWorld({ fault: ({ url }) => (url.endsWith('/finalise') ? forget() : 'none') });
    const forget = (): Fault => {
      world.server.takes.get(takeId)!.segments[0]!.chunks.clear();
      return 'none';
    };
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.finish();
    await world.clock.advance(300_000);
    expect(world.server.requests.length).toBeLessThan(100);
    expect(world.upload.state).toBe('waiting');
  });

  it('does not send a segment before the one ahead of it has begun to arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyFault, { maxLength: 10 }),
        fc.array(fc.nat(3_000), { maxLength: 12 }),
        async (faults, delaysMs) => {
          const world = newWorld({ faults: ['none', ...faults], delaysMs });
          await world.open();
          for (const segment of [0, 1, 2]) {
            await world.record(fragment(10_000, segment), segment);
            world.upload.segmentEnded(segment);
          }
          await world.finish();
          await world.untilFinalised();
          for (const segment of [0, 1, 2]) {
            expect(sha256(world.server.assembled(takeId, segment))).toBe(sha256(world.produced[segment]!));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('counts segments on the server without those that stayed empty, also after a reload', async () => {
    for (const reloadAt of [-1, 0, 1, 2, 3]) {
      const world = newWorld();
      await world.open();
      const maybeReload = async (at: number): Promise<void> => {
        if (at === reloadAt) await world.reload();
      };
      for (const segment of [0, 1, 2, 3]) {
        world.upload.segmentOpened(segment);
        const { mimeTypes } = world.journal.take(takeId);
        await world.journal.changeTake(takeId, {
          mimeTypes: [...mimeTypes.slice(0, segment), 'video/mp4'],
          segmentLeases: [null, null, null, null],
        });
        if (segment % 2 === 1) await world.record(fragment(10_000, segment), segment);
        await world.clock.advance(1_000);
        await maybeReload(segment);
        world.upload.segmentEnded(segment);
        await world.clock.advance(1_000);
      }
      await world.finish();
      await world.untilFinalised();
      const held = world.server.takes
        .get(takeId)!
        .segments.map((_, at) => world.server.assembled(takeId, at));
      expect(held.map(sha256)).toEqual(world.produced.map(sha256));
    }
  });

  it('sends nothing of a segment while the one before it may yet get its first bytes', async () => {
    const world = newWorld();
    await world.open();
    world.upload.segmentOpened(0);
    world.upload.segmentOpened(1);
    await world.record(fragment(10_000, 1), 1);
    await world.clock.advance(5_000);
    expect(puts(world)).toEqual([]);
    await world.record(fragment(10_000, 0), 0);
    world.upload.segmentEnded(0);
    world.upload.segmentEnded(1);
    await world.finish();
    await world.untilFinalised();
    for (const segment of [0, 1]) {
      expect(world.server.assembled(takeId, segment)).toEqual(fragment(10_000, segment));
    }
  });

  describe('when bytes are gone for good', () => {
    it('lets the server keep what it has, and does not call it whole', async () => {
      let down = false;
      const world = newWorld({ fault: ({ url }) => (down && url.includes('/chunks/') ? 'drop' : 'none') });
      await world.open();
      await world.record(fragment(70_000, 1));
      await world.clock.advance(1_000);
      down = true;
      await world.record(fragment(70_000, 2));
      await world.clock.advance(1_000);
      await world.store.write([{ remove: 'bytes', key: [takeId, 0, 1] }], 'strict');
      await world.finish();
      down = false;
      await world.untilFinalised();
      expect(world.upload).toMatchObject({ bytesProduced: 140_000, bytesAcknowledged: 70_000 });
      expect(world.upload.receipt).toMatchObject({ verdict: 'partial' });
      expect(world.requests('/salvage')).toHaveLength(1);
    });

    it('does so too when the server holds another chunk in the same place', async () => {
      const world = newWorld();
      await world.open();
      await world.record(fragment(70_000, 1));
      await world.clock.advance(1_000);
      const chunks = world.server.takes.get(takeId)!.segments[0]!.chunks;
      chunks.set(1, { ...chunks.get(0)! });
      await world.record(fragment(70_000, 2));
      await world.clock.advance(1_000);
      expect([world.upload.lostFor, world.upload.state]).toEqual(['chunk_differs', 'sending']);
      expect(world.requests('/salvage')).toEqual([]);
      await world.finish();
      await world.untilFinalised();
      expect(world.upload.receipt).toMatchObject({ verdict: 'partial' });
    });

    it('ends when there is nothing to keep', async () => {
      const world = newWorld();
      await world.open();
      await world.record(fragment(70_000, 1));
      await world.store.write([{ remove: 'bytes', key: [takeId, 0, 0] }], 'strict');
      await world.finish();
      await world.clock.advance(5_000);
      expect([world.upload.state, world.upload.error]).toEqual(['refused', 'device_lost_bytes']);
    });
  });

  it('opens again under the same lease when the reply to its first opening was lost', async () => {
    const world = newWorld({ faults: ['lost_ack'] });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.finish();
    await world.untilFinalised();
    expect(world.journal.take(takeId).lease).toBe('lease-1');
  });

  it('stops for a person when another device took the take over, and goes on after an explicit takeover', async () => {
    const world = newWorld();
    await world.open();
    await world.clock.advance(100);
    world.server.takes.get(takeId)!.lease = 'of-another-device';
    await world.record(fragment(10_000, 1));
    await world.clock.advance(100);
    expect([world.upload.state, world.upload.error]).toEqual(['blocked', 'lease_lost']);
    world.signals.give('visible');
    await world.clock.advance(60_000);
    expect(world.upload.state).toBe('blocked');
    world.upload.reopen(true);
    await world.finish();
    await world.untilFinalised();
    expect(sha256(world.server.assembled(takeId))).toBe(sha256(joinBytes(world.produced)));
  });

  it('renews the session once for many requests, and waits for the person when that does not help', async () => {
    let signedOut = false;
    let renewals = 0;
    const world = newWorld({
      fault: () => (signedOut ? 'signed_out' : 'none'),
      renewSession: async () => ++renewals > 0,
    });
    await world.open();
    await world.clock.advance(100);
    signedOut = true;
    for (let at = 0; at < 4; at++) await world.record(fragment(70_000, at));
    await world.clock.advance(1_000);
    expect([world.upload.state, world.upload.error, renewals]).toEqual(['blocked', 'signed_out', 1]);
    signedOut = false;
    world.signals.give('visible');
    await world.finish();
    await world.untilFinalised();
  });

  it('ends with the reason when the server refuses for good, and keeps the bytes', async () => {
    const world = newWorld();
    await world.open();
    await world.clock.advance(100);
    world.server.takes.get(takeId)!.state = 'discarded';
    await world.record(fragment(10_000, 1));
    await world.clock.advance(5_000);
    expect([world.upload.state, world.upload.error]).toEqual(['refused', 'discarded']);
    expect(await world.journal.read(takeId, 0, 0, 0)).toEqual(fragment(10_000, 1));
  });

  it('gives a take back also when it was never opened', async () => {
    const world = newWorld({ faults: ['drop'] });
    await world.open();
    await world.journal.changeTake(takeId, { state: 'returning', returnReason: 'device_lost' });
    world.upload.giveBack();
    await world.clock.until(() => world.upload.state === 'returned');
  });
});
