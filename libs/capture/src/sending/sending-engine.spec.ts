import { createHash } from 'node:crypto';
import { FallbackStore } from '../journal/fallback-store';
import { Journal, type JournalTake } from '../journal/journal';
import { MemoryJournalStore, type StoreOperation } from '../journal/journal-store';
import { FakeCaptureServer } from '../testing/fake-capture-server';
import { FakeSignals } from '../testing/fake-signals';
import { VirtualClock } from '../testing/virtual-clock';
import type { SendingEvents, TakeReport } from './sending-calls';
import { SendingEngine } from './sending-engine';

const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const sha256 = (bytes: Uint8Array): string => Buffer.from(hash(bytes)).toString('hex');

async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A store whose writes take their time, the later ones less. */
class SlowStore extends MemoryJournalStore {
  #waitTurns = 12;

  override async write(operations: readonly StoreOperation[]): Promise<void> {
    const turns = (this.#waitTurns = Math.max(0, this.#waitTurns - 3));
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    await super.write(operations);
  }
}

const record: JournalTake = {
  takeId: 'take',
  interviewId: 'interview',
  questionId: 'question',
  recorder: 'baseline',
  mimeTypes: ['video/mp4'],
  state: 'recording',
  startedAt: '2026-11-22T12:00:00Z',
  recordedMs: 0,
  lease: null,
  segmentLeases: [null],
  kept: false,
};

class Device {
  readonly clock = new VirtualClock(settle);
  readonly server = new FakeCaptureServer({ clock: this.clock, sha256 });
  readonly store: MemoryJournalStore;
  readonly reports: TakeReport[] = [];
  readonly retired: string[] = [];
  engine: SendingEngine;

  constructor(store = new MemoryJournalStore()) {
    this.store = store;
    this.engine = this.newEngine();
  }

  newEngine(): SendingEngine {
    const { clock, server } = this;
    const events: SendingEvents = {
      take: (report) => void this.reports.push(report),
      retired: (takeId) => void this.retired.push(takeId),
      link: () => undefined,
      memoryOnly: () => undefined,
      renewSession: async () => false,
    };
    const store = new FallbackStore(this.store, () => undefined);
    const surroundings = { clock, random: () => 0.5, signals: new FakeSignals(), fetch: server.fetch };
    const options = {
      interviewId: 'interview',
      baseUrl: '/api',
      store,
      digest: async (b: Uint8Array) => hash(b),
    };
    return new SendingEngine({ ...surroundings, ...options }, events);
  }

  append(sequence: number, segment = 0): Promise<void> {
    const bytes = new Uint8Array(1_000).fill(sequence).buffer;
    return this.engine.append('take', segment, sequence, bytes, (sequence + 1) * 1_000);
  }

  async held(): Promise<number[]> {
    const bytes = await new Journal(this.store).read('take', 0, 0, 3);
    return [0, 1, 2, 3].map((at) => bytes![at * 1_000]!);
  }
}

describe('SendingEngine', () => {
  it('never finalises over a gap: what a dead worker held in memory only is lost, and said', async () => {
    const device = new Device();
    await device.engine.begin(record);
    for (const sequence of [0, 1, 2, 8, 9]) await device.append(sequence);
    await device.engine.endSegment('take', 0, 10_000);
    await device.engine.stop('take');
    await device.clock.advance(5_000);
    const last = device.reports.at(-1)!;
    expect([last.state, last.lostFor]).toEqual(['finalised', 'device_lost_bytes']);
    expect(last.receipt).toMatchObject({ verdict: 'partial' });
    expect(device.server.assembled('take').byteLength).toBe(3_000);
  });

  it('writes the pieces of a take one after the other, however long each takes', async () => {
    const device = new Device(new SlowStore());
    await device.engine.begin(record);
    const order: number[] = [];
    await Promise.all([0, 1, 2, 3].map((n) => device.append(n).then(() => order.push(n))));
    expect(order).toEqual([0, 1, 2, 3]);
    expect(await device.held()).toEqual([0, 1, 2, 3]);
    expect(device.reports.at(-1)).toMatchObject({ bytesProduced: 4_000, record: { recordedMs: 4_000 } });
  });

  it('may be asked everything twice', async () => {
    const device = new Device();
    const twice = async (call: () => Promise<void>): Promise<void> => {
      await call();
      await call();
    };
    await twice(() => device.engine.begin(record));
    await twice(() => device.engine.openSegment('take', 0, 'baseline', 'video/mp4'));
    for (const n of [0, 1, 2, 3]) await twice(() => device.append(n));
    await twice(() => device.engine.endSegment('take', 0, 4_200));
    await twice(() => device.engine.stop('take'));
    await device.clock.until(() => device.reports.at(-1)!.state === 'finalised');
    expect(device.server.takes.get('take')!.durationMs).toBe(4_200);
    expect(device.server.assembled('take').byteLength).toBe(4_000);
    await twice(() => device.engine.keep('take'));
    await twice(() => device.engine.forget('take'));
    expect(device.retired).toEqual(['take']);
    expect(await device.engine.readBack('take')).toEqual([]);
  });

  it('keeps a segment open that is still recorded when it takes over', async () => {
    const device = new Device();
    await device.engine.begin(record);
    await device.append(0);
    await device.engine.close();
    device.engine = device.newEngine();
    await device.engine.restore([{ takeId: 'take', openSegments: [0] }]);
    await device.append(0);
    await device.append(1);
    await device.engine.endSegment('take', 0, 2_000);
    await device.engine.stop('take');
    await device.clock.until(() => device.reports.at(-1)!.state === 'finalised');
    expect(device.server.assembled('take').byteLength).toBe(2_000);
  });

  it('waits for the first bytes of a segment that was open when it took over', async () => {
    const device = new Device();
    await device.engine.begin(record);
    await device.engine.openSegment('take', 0, 'baseline', 'video/mp4');
    await device.engine.openSegment('take', 1, 'baseline', 'video/mp4');
    await device.append(0, 1);
    await device.engine.close();
    device.engine = device.newEngine();
    await device.engine.restore([{ takeId: 'take', openSegments: [0, 1] }]);
    await device.clock.advance(5_000);
    expect(device.server.takes.get('take')!.segments).toEqual([]);
    await device.append(0, 0);
    for (const segment of [0, 1]) await device.engine.endSegment('take', segment, 2_000);
    await device.engine.stop('take');
    await device.clock.until(() => device.reports.at(-1)!.state === 'finalised');
    expect(device.server.takes.get('take')!.segments).toHaveLength(2);
  });

  it('does nothing about a take it does not know', async () => {
    const { engine, reports } = new Device();
    await engine.append('other', 0, 0, new ArrayBuffer(3), 0);
    await engine.stop('other');
    await engine.giveBack('other', 'device_lost');
    await engine.keep('other');
    await engine.forget('other');
    expect(reports).toEqual([]);
  });
});
