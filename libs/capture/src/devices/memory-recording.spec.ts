import { BaselineRecorder } from '../recording/baseline-recorder';
import { singleSegment } from '../testing/segment-recording';
import { fakeMediaRecorder, FakeStream } from '../testing/fake-media';
import { VirtualClock } from '../testing/virtual-clock';
import { recordToMemory } from './memory-recording';

/** Lets promises and file readers finish. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setUp({ failStart = false } = {}) {
  const clock = new VirtualClock(settle);
  const produced: Uint8Array[] = [];
  const native = fakeMediaRecorder({
    ...{ clock, produced, options: [], failStart, supported: ['video/webm;codecs=vp8,opus'] },
    slice: (n) => new Uint8Array([n, n]),
  });
  const makeTakeRecording = singleSegment(
    (stream) =>
      new BaselineRecorder(stream, {
        ...{ clock, MediaRecorder: native },
        ...{ videoBitsPerSecond: 1, audioBitsPerSecond: 1 },
      }),
  );
  const stream = new FakeStream('video', 'audio');
  return {
    clock,
    produced,
    stream,
    begin: () => recordToMemory(stream.asMediaStream(), { makeTakeRecording, clock }),
  };
}

it('keeps in memory exactly what the recorder produced', async () => {
  const { clock, produced, begin } = setUp();
  const beginning = begin();
  await clock.advance(10);
  const recording = await beginning;
  await clock.advance(3_000);
  const stopping = recording.stop();
  await clock.advance(100);
  const clip = await stopping;
  expect(await recording.stop()).toBe(clip);
  expect(clip).toMatchObject({ recorder: 'baseline', sizeBytes: 8 });
  expect(clip.recordedMs).toBeGreaterThanOrEqual(3_000);
  expect(clip.blobs.map(({ type }) => type)).toEqual(['video/webm;codecs=vp8,opus']);
  expect(Buffer.from(await clip.blobs[0]!.arrayBuffer())).toEqual(Buffer.concat(produced));
});

it('says what ended it', async () => {
  const { clock, stream, begin } = setUp();
  const beginning = begin();
  await clock.advance(10);
  const recording = await beginning;
  stream.getVideoTracks()[0]!.give('ended');
  expect(recording.fault).toMatchObject({ kind: 'device_ended', device: 'camera' });
  const abandoning = recording.abandon();
  await clock.advance(100);
  await abandoning;
});

it('rejects where a take could not be recorded either', async () => {
  await expect(setUp({ failStart: true }).begin()).rejects.toMatchObject({ code: 'recorder_failed' });
});
