import { FakeRecorder } from '../testing/fake-recorder';
import { FakeStream } from '../testing/fake-media';
import { VirtualClock } from '../testing/virtual-clock';
import type { LinkReport, RecordingSink } from '../recording-sink';
import { ladder, rungIndex, type RungName } from './ladder';
import type { RecordingFault } from './recorder';
import { TakeRecording } from './take-recording';

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

interface Options {
  enhanced?: boolean;
  stream?: FakeStream;
  startRung?: RungName;
  firstSegment?: number;
  recordedBeforeMs?: number;
  /** Which recorders do not start, by the order they are made in. */
  failing?: number[];
  /** How long they take to start. */
  startMs?: number;
}

class World {
  readonly clock = new VirtualClock(settle);
  readonly recorders: FakeRecorder[] = [];
  readonly faults: RecordingFault[] = [];
  /** What the sink was told, in order. */
  readonly told: string[] = [];
  readonly stream: FakeStream;
  readonly recording: TakeRecording;
  link: LinkReport = { bytesPerSecond: null, roundTripMs: null, backlogBytes: 0 };
  closedSources = 0;
  enhancedFailures = 0;
  endedAt: RungName | null = null;

  constructor(options: Options = {}) {
    this.stream = options.stream ?? new FakeStream('audio', 'video');
    const make = (kind: 'enhanced' | 'baseline', rung: (typeof ladder)[number]) => {
      const failsToStart = options.failing?.includes(this.recorders.length) ?? false;
      const { clock } = this;
      const recorder = new FakeRecorder({ kind, rung, clock, failsToStart, startMs: options.startMs });
      this.recorders.push(recorder);
      return recorder;
    };
    this.recording = new TakeRecording(
      {
        stream: this.stream.asMediaStream(),
        clock: this.clock,
        firstSegment: options.firstSegment ?? 0,
        recordedBeforeMs: options.recordedBeforeMs ?? 0,
        remainingMs: () => 120_000,
        link: { getSnapshot: () => this.link, subscribe: () => () => undefined },
      },
      {
        baseline: (_stream, rung) => make('baseline', rung),
        openEnhanced: options.enhanced
          ? () => ({ makeRecorder: (rung) => make('enhanced', rung), close: () => void this.closedSources++ })
          : null,
        startRung: options.startRung ?? '720p30',
        floor: 'audio',
        fitCamera: async () => undefined,
        onEnhancedFailed: () => void this.enhancedFailures++,
        onEnd: (rung) => (this.endedAt = rung),
      },
    );
  }

  /** @param fails what the sink cannot write */
  async start(fails = '') {
    const started = this.recording.start((fault) => this.faults.push(fault));
    started.catch(() => undefined);
    await this.clock.advance(500);
    const sink: RecordingSink = {
      openSegment: async ({ segment, recorder }) => void this.told.push(`open ${segment} ${recorder}`),
      append: async (segment, bytes) => {
        const line = `${segment}:${bytes[0]}`;
        if (line === fails) throw new Error('QuotaExceededError: no room');
        this.told.push(line);
      },
      endSegment: async (segment) => void this.told.push(`end ${segment}`),
    };
    this.recording.attach(sink);
    return started;
  }

  async end(): Promise<void> {
    const ended = this.recording.end();
    await this.clock.advance(5_000);
    await ended;
  }

  get opened(): string[] {
    return this.told.filter((line) => /^(open|end)/.test(line));
  }

  get current(): FakeRecorder {
    return this.recorders.at(-1)!;
  }
}

describe('TakeRecording', () => {
  it('records one segment when nothing happens, and tells the sink in order', async () => {
    const world = new World({ enhanced: true, firstSegment: 3, recordedBeforeMs: 10_000 });
    expect(await world.start()).toEqual({ segment: 3, recorder: 'enhanced', mimeType: 'video/mp4' });
    await world.clock.advance(1_700);
    await world.end();
    expect(world.told).toEqual(['open 3 enhanced', '3:0', '3:1', '3:2', 'end 3']);
    expect(world.recording.recordedMs).toBeGreaterThan(12_000);
    expect(world.closedSources).toBe(1);
  });

  it('begins with the baseline recorder where the enhanced one does not start', async () => {
    const world = new World({ enhanced: true, failing: [0] });
    expect(await world.start()).toMatchObject({ segment: 0, recorder: 'baseline' });
    expect(world.closedSources).toBe(1);
  });

  it('rejects when nothing starts', async () => {
    await expect(new World({ enhanced: true, failing: [0, 1] }).start()).rejects.toMatchObject({
      code: 'recorder_failed',
    });
  });

  it('goes on with the baseline recorder in mid-answer, and keeps what was encoded', async () => {
    const world = new World({ enhanced: true });
    await world.start();
    await world.clock.advance(3_000);
    const [first] = world.recorders;
    first!.fail();
    await world.clock.advance(2_000);
    expect(world.opened).toEqual(['open 0 enhanced', 'open 1 baseline', 'end 0']);
    // Nothing is missing between them: the old one ran until the new one did.
    expect(first!.stoppedAtMs).toBe(world.current.startedAtMs);
    await world.end();
    expect(world.faults).toEqual([]);
    expect(world.told.filter((line) => line.startsWith('0:'))).toHaveLength(4);
  });

  it('uses a stalled encoder no more in this take', async () => {
    const world = new World({ enhanced: true });
    await world.start();
    world.current.fail({ kind: 'stalled' });
    await world.clock.advance(2_000);
    world.current.turn();
    await world.clock.advance(3_000);
    expect(world.recorders.map(({ kind }) => kind)).toEqual(['enhanced', 'baseline', 'baseline']);
    expect(world.enhancedFailures).toBe(1);
  });

  it('loses no word when the new recorder starts slowly', async () => {
    const world = new World({ startMs: 2_000 });
    const started = world.recording.start(() => undefined);
    await world.clock.advance(5_000);
    await started;
    world.current.turn();
    await world.clock.advance(4_000);
    const [old, next] = world.recorders;
    expect(old!.stoppedAtMs).toBe(next!.startedAtMs);
    // Nothing stood still, and nothing is counted twice.
    expect(world.recording.recordedMs).toBe(world.clock.nowMs() - old!.startedAtMs);
  });

  it('stays with a recorder that is as good as it was when no smaller one starts', async () => {
    const world = new World({ failing: [1, 2] });
    await world.start();
    world.link = { ...world.link, backlogBytes: 20_000_000 };
    for (let second = 0; second < 8; second++) {
      world.link = { ...world.link, bytesPerSecond: 20_000 + second };
      await world.clock.advance(1_000);
    }
    expect(world.recorders.length).toBeGreaterThanOrEqual(3);
    expect(world.recorders[0]!.state).toBe('recording');
    expect(world.faults).toEqual([]);
    await world.end();
    expect(world.told.filter((line) => line.startsWith('0:')).length).toBeGreaterThanOrEqual(8);
    expect(world.opened).toEqual(['open 0 baseline', 'end 0']);
  });

  it('ends with a fault, and ends, when what it records cannot be written', async () => {
    const world = new World();
    await world.start('0:2');
    await world.clock.advance(4_000);
    expect(world.faults).toMatchObject([{ kind: 'memory_full' }]);
    await world.end();
    expect(world.told).toEqual(['open 0 baseline', '0:0', '0:1', 'end 0']);
  });

  it('starts a baseline recorder again that failed late, and gives up on one that fails at once', async () => {
    const world = new World();
    await world.start();
    await world.clock.advance(6_000);
    world.current.fail();
    await world.clock.advance(2_000);
    expect(world.opened).toEqual(['open 0 baseline', 'open 1 baseline', 'end 0']);
    world.current.fail();
    expect(world.faults).toMatchObject([{ kind: 'recorder_error' }]);
  });

  it.each(['device_ended', 'device_muted'] as const)('leaves %s to the person', async (kind) => {
    const world = new World({ enhanced: true });
    await world.start();
    world.current.fail({ kind, device: 'camera' });
    expect(world.faults).toMatchObject([{ kind, device: 'camera' }]);
    expect(world.recorders).toHaveLength(1);
    // The clock stands while nothing is recorded.
    await world.end();
    const { recordedMs } = world.recording;
    await world.clock.advance(10_000);
    expect(world.recording.recordedMs).toBe(recordedMs);
  });

  it('reports the fault when no recorder can take over', async () => {
    const world = new World({ enhanced: true, failing: [1, 2] });
    await world.start();
    world.current.fail({ kind: 'stalled' });
    await world.clock.advance(2_000);
    expect(world.faults).toMatchObject([{ kind: 'stalled' }]);
    await world.end();
    expect(world.opened).toEqual(['open 0 enhanced', 'end 0']);
  });

  it('cuts when the phone is turned, at once and then at most every two seconds', async () => {
    const world = new World({ enhanced: true });
    await world.start();
    for (let turn = 0; turn < 20; turn++) {
      world.current.turn();
      await world.clock.advance(200);
    }
    await world.clock.advance(3_000);
    expect(world.recorders.length).toBeGreaterThanOrEqual(3);
    expect(world.recorders.length).toBeLessThanOrEqual(4);
    await world.end();
    expect(world.opened.filter((line) => line.startsWith('end'))).toHaveLength(world.recorders.length);
  });

  it('keeps segments for faults however often the picture changes its size', async () => {
    const world = new World({ enhanced: true });
    await world.start();
    for (let turn = 0; turn < 100; turn++) {
      world.current.turn();
      await world.clock.advance(3_000);
    }
    expect(world.recorders.length).toBeLessThanOrEqual(56);
    world.current.fail();
    await world.clock.advance(1_000);
    expect(world.current.kind).toBe('baseline');
    expect(world.current.state).toBe('recording');
  });

  it('follows the link: a bitrate within the segment, a size with a new one', async () => {
    const world = new World({ enhanced: true, startRung: '720p30' });
    await world.start();
    const pass = async (seconds: number, kbps: number): Promise<void> => {
      for (let second = 0; second < seconds; second++) {
        world.link = { ...world.link, bytesPerSecond: kbps * 125 + second };
        await world.clock.advance(1_000);
      }
    };
    await pass(3, 2_000);
    // The fake produces next to nothing, so the backlog makes the difference.
    world.link = { ...world.link, backlogBytes: 20_000_000 };
    await pass(12, 1_000);
    expect(world.recorders.length).toBeGreaterThanOrEqual(2);
    expect(rungIndex(world.current.rung.name)).toBeGreaterThan(1);
    await world.end();
    expect(world.endedAt).toBe(world.current.rung.name);
  });

  it('ends while a cut is under way, with every segment closed', async () => {
    const world = new World({ enhanced: true });
    await world.start();
    world.current.fail();
    await world.end();
    expect(world.recorders.every(({ state }) => state === 'sealed')).toBe(true);
    expect(world.opened).toEqual(['open 0 enhanced', 'open 1 baseline', 'end 0', 'end 1']);
    expect(world.closedSources).toBe(1);
  });

  it('does not lose a fault that comes while another cut is under way', async () => {
    const world = new World({ enhanced: true });
    await world.start();
    world.current.turn();
    await world.clock.advance(60);
    world.current.fail({ kind: 'device_ended', device: 'camera' });
    await world.clock.advance(1_000);
    expect(world.faults).toMatchObject([{ kind: 'device_ended' }]);
  });

  it('writes nothing more once abandoned, also when that happened while it started', async () => {
    const world = new World();
    const started = world.recording.start(() => undefined);
    await world.clock.advance(10);
    const abandoned = world.recording.abandon();
    await world.clock.advance(2_000);
    await Promise.all([started, abandoned]);
    expect(world.current.state).toBe('sealed');
    expect(world.told).toEqual([]);
  });

  it('records sound alone without looking at the ladder', async () => {
    const world = new World({ stream: new FakeStream('audio') });
    expect(await world.start()).toMatchObject({ mimeType: 'audio/mp4' });
    world.link = { bytesPerSecond: 100, roundTripMs: null, backlogBytes: 10_000_000 };
    await world.clock.advance(20_000);
    expect(world.recorders).toHaveLength(1);
  });
});
