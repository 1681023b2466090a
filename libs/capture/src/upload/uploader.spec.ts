import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { CandidateApi } from './candidate-api';
import { joinBytes } from '../digest';
import { Journal, type JournalTake } from '../journal/journal';
import { MemoryJournalStore, type JournalStore } from '../journal/journal-store';
import type { TakeUpload } from './take-upload';
import { FakeCaptureServer, type Fault } from '../testing/fake-capture-server';
import { FakeSignals } from '../testing/fake-signals';
import { VirtualClock } from '../testing/virtual-clock';
import { Uploader } from './uploader';

const interviewId = 'interview';
const takeId = 'take';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

interface WorldOptions {
  faults?: Fault[];
  fault?: (request: { method: string; url: string }) => Fault;
  delaysMs?: number[];
  renewSession?: () => Promise<boolean>;
}

/** One device and one server. `reload` is a page that dies at once and a new one over the same journal. */
class World {
  readonly clock = new VirtualClock(settle);
  readonly store: JournalStore = new MemoryJournalStore();
  readonly signals = new FakeSignals();
  readonly server: FakeCaptureServer;
  readonly produced: Uint8Array[] = [];
  journal = new Journal(this.store);
  #sequence = 0;
  #uploader: Uploader;
  upload!: TakeUpload;

  constructor(readonly options: WorldOptions = {}) {
    const faults = [...(options.faults ?? [])];
    const delaysMs = [...(options.delaysMs ?? [])];
    this.server = new FakeCaptureServer({
      clock: this.clock,
      sha256,
      fault: options.fault ?? (() => faults.shift() ?? 'none'),
      delayMs: () => delaysMs.shift() ?? 20,
    });
    this.#uploader = this.#newUploader();
  }

  async open(id = takeId): Promise<void> {
    await this.journal.replaceTake(newTake(id));
    this.upload = await this.#uploader.add(id, false, () => undefined);
  }

  async record(bytes: Uint8Array, segment = 0): Promise<void> {
    this.produced.push(bytes);
    const fragment = { segment, sequence: this.#sequence++, sizeBytes: bytes.byteLength };
    // The server counts no take under two seconds.
    await this.journal.appendFragment(takeId, fragment, bytes, this.#sequence * 2_000);
    this.upload.fragmentStored(fragment);
  }

  async finish(): Promise<void> {
    await this.journal.changeTake(takeId, { state: 'stopped' });
    await this.upload.finish();
  }

  async reload(): Promise<void> {
    this.#uploader.stop();
    this.journal = new Journal(this.store);
    await this.journal.takesOf(interviewId);
    this.#uploader = this.#newUploader();
    this.upload = await this.#uploader.add(takeId, true, () => undefined);
  }

  add(id: string): Promise<TakeUpload> {
    return this.#uploader.add(id, false, () => undefined);
  }

  untilFinalised(): Promise<void> {
    return this.clock.until(() => this.upload.state === 'finalised');
  }

  #newUploader(): Uploader {
    const { clock, journal, server, signals } = this;
    return new Uploader({
      api: new CandidateApi({ baseUrl: '/api', interviewId, fetch: server.fetch, clock }),
      journal,
      clock,
      digest: async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
      random: () => 0.5,
      signals,
      renewSession: this.options.renewSession ?? (async () => true),
    });
  }
}

function newTake(id: string): JournalTake {
  return {
    takeId: id,
    interviewId,
    questionId: 'question',
    recorder: 'baseline',
    mimeTypes: ['video/webm'],
    state: 'recording',
    startedAt: '2026-11-22T12:00:00Z',
    recordedMs: 0,
    lease: null,
    segmentLeases: [null],
    kept: false,
  };
}

const fragment = (sizeBytes: number, fill: number): Uint8Array => new Uint8Array(sizeBytes).fill(fill);
const puts = (world: World): string[] => world.server.requests.filter((line) => line.includes('/chunks/'));

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
    const world = new World();
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

  it('ends with the recorder’s bytes on the server whatever fails in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyFault, { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 12 }),
        async (faults, delaysMs, sizes) => {
          const world = new World({ faults, delaysMs });
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
          const world = new World({ faults });
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

  it('does not take a captive portal for an acknowledgement', async () => {
    let portal = false;
    const world = new World({ fault: () => (portal ? 'portal' : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(100);
    portal = true;
    await world.record(fragment(10_000, 2));
    await world.clock.advance(60_000);
    expect(world.upload.bytesAcknowledged).toBe(10_000);
    expect(world.upload.state).toBe('waiting');
  });

  it('starts nothing while offline but a probe, and goes on at once when online', async () => {
    let down = false;
    const world = new World({ fault: () => (down ? 'drop' : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(100);
    down = true;
    world.signals.give('offline');
    const before = puts(world).length;
    await world.record(fragment(10_000, 2));
    await world.clock.advance(29_000);
    expect(puts(world).length).toBe(before);
    expect(world.upload.state).toBe('waiting');
    await world.clock.advance(2_000);
    expect(puts(world).length).toBe(before + 1);
    down = false;
    world.signals.give('online');
    await world.clock.advance(50);
    expect(world.upload.bytesAcknowledged).toBe(20_000);
  });

  it('finds out by itself that a browser which says offline is wrong', async () => {
    const world = new World();
    await world.open();
    world.signals.give('offline');
    await world.record(fragment(10_000, 1));
    await world.finish();
    await world.clock.advance(31_000);
    expect(world.upload.state).toBe('finalised');
  });

  it('honours Retry-After even when the person comes back', async () => {
    const faults: Fault[] = ['none', 'busy'];
    const world = new World({ faults });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(100);
    world.signals.give('visible');
    await world.clock.advance(1_800);
    expect(world.upload.bytesAcknowledged).toBe(0);
    await world.clock.advance(300);
    expect(world.upload.bytesAcknowledged).toBe(10_000);
  });

  it('resets its own back-off when the person comes back', async () => {
    let down = true;
    const world = new World({ fault: () => (down ? 'drop' : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(120_000);
    down = false;
    world.signals.give('visible');
    await world.clock.advance(100);
    expect(world.upload.bytesAcknowledged).toBe(10_000);
  });

  it('sends again what finalise reports missing, once it was believed held', async () => {
    const world = new World();
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
    const world = new World({ fault: ({ url }) => (url.endsWith('/finalise') ? forget() : 'none') });
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
          const world = new World({ faults: ['none', ...faults], delaysMs });
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

  it('opens again with takeOver when the reply to its first opening was lost', async () => {
    const world = new World({ faults: ['lost_ack'] });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.finish();
    await world.untilFinalised();
    expect(world.journal.take(takeId).lease).toBe('lease-2');
  });

  it('stops for a person when another device took the take over, and goes on after an explicit takeover', async () => {
    const world = new World();
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
    const world = new World({
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

  it.each<[string, Fault]>([
    ['broken server', 'error_500'],
    ['dead link', 'drop'],
  ])('does not let a stuck earlier take block the next one (%s)', async (_, fault) => {
    const world = new World({ fault: ({ url }) => (url.includes('/takes/take/') ? fault : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.finish();
    await world.clock.advance(5_000);
    await world.journal.replaceTake(newTake('next'));
    const next = await world.add('next');
    const piece = { segment: 0, sequence: 0, sizeBytes: 5_000 };
    await world.journal.appendFragment('next', piece, fragment(5_000, 7), 1_000);
    next.fragmentStored(piece);
    await world.clock.advance(1_000);
    expect(next.bytesAcknowledged).toBe(5_000);
    expect(world.upload.bytesAcknowledged).toBe(0);
  });

  it('ends with the reason when the server refuses for good, and keeps the bytes', async () => {
    const world = new World();
    await world.open();
    await world.clock.advance(100);
    world.server.takes.get(takeId)!.state = 'discarded';
    await world.record(fragment(10_000, 1));
    await world.clock.advance(5_000);
    expect([world.upload.state, world.upload.error]).toEqual(['refused', 'discarded']);
    expect(await world.journal.read(takeId, 0, 0, 0)).toEqual(fragment(10_000, 1));
  });

  it('gives a take back also when it was never opened', async () => {
    const world = new World({ faults: ['drop'] });
    await world.open();
    await world.journal.changeTake(takeId, { state: 'returning', returnReason: 'device_lost' });
    world.upload.giveBack();
    await world.clock.until(() => world.upload.state === 'returned');
  });
});
