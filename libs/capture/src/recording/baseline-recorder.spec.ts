import { BaselineRecorder } from './baseline-recorder';
import { joinBytes } from '../digest';
import { declaredMimeType } from './mime-types';
import type { RecordingFault } from './recorder';
import { FakeStream, fakeMediaRecorder, type FakeRecorderScript } from '../testing/fake-media';
import { VirtualClock } from '../testing/virtual-clock';

async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function set(script: Partial<FakeRecorderScript> = {}) {
  const clock = new VirtualClock(settle);
  const stream = new FakeStream('audio', 'video');
  const full: FakeRecorderScript = {
    clock,
    supported: ['video/mp4', 'video/webm;codecs=vp8,opus'],
    slice: (n) => new Uint8Array(10).fill(n),
    produced: [],
    options: [],
    ...script,
  };
  const recorder = new BaselineRecorder(stream.asMediaStream(), {
    clock,
    videoBitsPerSecond: 1_200_000,
    audioBitsPerSecond: 48_000,
    MediaRecorder: fakeMediaRecorder(full),
  });
  const bytes: Uint8Array[] = [];
  const faults: RecordingFault[] = [];
  const listener = {
    onBytes: (piece: Uint8Array) => bytes.push(piece),
    onFault: (fault: RecordingFault) => faults.push(fault),
  };
  const start = async (): Promise<string> => {
    const started = recorder.start(listener);
    started.catch(() => undefined);
    await clock.advance(20);
    return started;
  };
  const stop = async (): Promise<void> => {
    const stopped = recorder.stop();
    await clock.advance(10_000);
    return stopped;
  };
  return { clock, stream, recorder, bytes, faults, script: full, start, stop };
}

describe('BaselineRecorder', () => {
  it('always sets bitrates and the key frame interval', async () => {
    const { script, start } = set();
    await start();
    expect(script.options[0]).toMatchObject({
      videoBitsPerSecond: 1_200_000,
      audioBitsPerSecond: 48_000,
      videoKeyFrameIntervalDuration: 1_000,
    });
  });

  it('hands every byte over in order although later blobs are read faster, and leaves empty ones out', async () => {
    const { clock, bytes, script, start, stop, recorder } = set({
      slice: (n, tail) =>
        n === 0 ? Uint8Array.of(0x1a) : tail || n === 2 ? new Uint8Array(0) : new Uint8Array(9).fill(n),
      readMs: (n) => (n === 0 ? 2_500 : 1),
    });
    await start();
    await clock.advance(4_100);
    expect(recorder.state).toBe('recording');
    await stop();
    expect(recorder.state).toBe('sealed');
    expect(joinBytes(bytes)).toEqual(joinBytes(script.produced));
    expect(bytes[0]).toEqual(Uint8Array.of(0x1a));
    expect(bytes.every((piece) => piece.byteLength > 0)).toBe(true);
  });

  it('believes the recorder about its type and never keeps VP9 in MP4', async () => {
    const { start, script, clock, bytes, stop } = set({
      actual: (asked) =>
        asked === 'video/mp4' ? 'video/mp4;codecs=vp09.00.10.08,opus' : 'video/webm;codecs=vp8,opus',
    });
    expect(await start()).toBe('video/webm;codecs=vp8,opus');
    expect(script.options).toHaveLength(2);
    await clock.advance(2_000);
    await stop();
    expect(joinBytes(bytes)).toEqual(joinBytes(script.produced));
  });

  it('rejects with a code when nothing fits or nothing starts', async () => {
    await expect(set({ supported: [] }).start()).rejects.toMatchObject({ code: 'unsupported' });
    await expect(set({ failStart: true }).start()).rejects.toMatchObject({ code: 'recorder_failed' });
  });

  it('names the device that was taken away', async () => {
    const { stream, start, faults } = set();
    await start();
    stream.tracks[1]!.give('ended');
    expect(faults).toEqual([{ kind: 'device_ended', device: 'camera', detail: 'fake video' }]);
  });

  it('forgives a mute of up to 1.5 s', async () => {
    const { stream, start, faults, clock } = set();
    await start();
    stream.tracks[0]!.give('mute');
    await clock.advance(1_400);
    stream.tracks[0]!.give('unmute');
    await clock.advance(5_000);
    expect(faults).toEqual([]);
    stream.tracks[0]!.give('mute');
    await clock.advance(1_600);
    expect(faults).toMatchObject([{ kind: 'device_muted', device: 'microphone' }]);
  });

  it('reports an encoder that goes silent, once', async () => {
    const { start, faults, clock } = set({ slice: (n) => (n < 2 ? new Uint8Array(5) : null) });
    await start();
    await clock.advance(20_500);
    expect(faults).toEqual([]);
    await clock.advance(60_000);
    expect(faults).toMatchObject([{ kind: 'stalled' }]);
  });

  it('measures the recording by the monotonic clock', async () => {
    const { start, stop, clock, recorder } = set();
    await start();
    await clock.advance(3_000);
    await stop();
    expect(recorder.recordedMs).toBeGreaterThan(2_900);
    expect(recorder.recordedMs).toBeLessThan(3_100);
  });
});

describe('declaredMimeType', () => {
  it.each([
    ['video/webm;codecs=vp8,opus', 'video/webm;codecs=vp8,opus'],
    ['video/mp4; codecs="avc1.42000a, mp4a.40.2"', 'video/mp4; codecs="avc1.42000a, mp4a.40.2"'],
    ['', 'video/mp4'],
    ['video/webm;codecs="vp8";profile=1', 'video/webm'],
    ['video/x-matroska;codecs=avc1', 'video/mp4'],
  ])('declares %p as %p', (mimeType, declared) => {
    expect(declaredMimeType(mimeType, 'video/mp4')).toBe(declared);
  });
});
