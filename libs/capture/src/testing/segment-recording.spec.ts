import type { RecordingSink } from '../recording-sink';
import type { Recorder, RecorderListener } from '../recording/recorder';
import { singleSegment } from './segment-recording';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class FakeRecorder implements Recorder {
  readonly kind = 'baseline';
  readonly state = 'recording';
  recordedMs = 0;
  listener: RecorderListener | null = null;

  async start(listener: RecorderListener): Promise<string> {
    this.listener = listener;
    return 'video/webm;codecs=vp8,opus';
  }

  async stop(): Promise<void> {
    this.give(99);
  }

  give(byte: number): void {
    this.recordedMs += 1_000;
    this.listener?.onBytes(Uint8Array.of(byte));
  }
}

/** Writes take their time, the later ones less. */
class SlowSink implements RecordingSink {
  readonly written: string[] = [];
  #turns = 10;

  openSegment(): Promise<void> {
    return this.#write('open');
  }

  append(_segment: number, bytes: Uint8Array, recordedMs: number): Promise<void> {
    return this.#write(`${bytes[0]} at ${recordedMs}`);
  }

  endSegment(_segment: number, recordedMs: number): Promise<void> {
    return this.#write(`end at ${recordedMs}`);
  }

  async #write(line: string): Promise<void> {
    for (let waited = (this.#turns -= 2); waited > 0; waited--) await turn();
    this.written.push(line);
  }
}

const setUp = () => {
  const recorder = new FakeRecorder();
  const request = { stream: {} as MediaStream, firstSegment: 1, recordedBeforeMs: 5_000 };
  const recording = singleSegment(() => recorder)(request as Parameters<ReturnType<typeof singleSegment>>[0]);
  return { recorder, recording, sink: new SlowSink() };
};

describe('a take of one segment', () => {
  it('writes one after the other, also what came before there was a sink', async () => {
    const { recorder, recording, sink } = setUp();
    await recording.start(() => undefined);
    recorder.give(1);
    recorder.give(2);
    recording.attach(sink);
    recorder.give(3);
    await recording.end();
    expect(sink.written).toEqual([
      'open',
      '1 at 6000',
      '2 at 7000',
      '3 at 8000',
      '99 at 9000',
      'end at 9000',
    ]);
  });

  it('writes nothing once it is abandoned', async () => {
    const { recorder, recording, sink } = setUp();
    await recording.start(() => undefined);
    recording.attach(sink);
    recorder.give(1);
    await recording.abandon();
    for (let waited = 0; waited < 20; waited++) await turn();
    expect(sink.written).toEqual(['open']);
  });
});
