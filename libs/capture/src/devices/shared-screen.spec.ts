import { FakeStream } from '../testing/fake-media';
import { isSharedScreen, openSharedScreen, type ScreenEnvironment } from './shared-screen';

const asStream = (stream: FakeStream): MediaStream => stream as unknown as MediaStream;

function environment(over: Partial<ScreenEnvironment> = {}): ScreenEnvironment {
  return {
    mediaDevices: { getDisplayMedia: async () => asStream(new FakeStream('video')) },
    openMicrophone: async () => ({ ok: true, stream: asStream(new FakeStream('audio')) }),
    joinTracks: (tracks) => {
      const joined = new FakeStream();
      joined.tracks.push(...(tracks as never[]));
      return asStream(joined);
    },
    ...over,
  };
}

test('gives the picture of a screen and the voice as one stream, and knows it again', async () => {
  const outcome = await openSharedScreen(true, environment());
  if (!outcome.ok) throw new Error('was refused');
  expect(outcome.stream.getTracks().map((track) => track.kind)).toEqual(['video', 'audio']);
  expect(isSharedScreen(outcome.stream)).toBe(true);
  expect(outcome.stream.getVideoTracks()[0]!.contentHint).toBe('detail');
  expect(isSharedScreen(asStream(new FakeStream('video', 'audio')))).toBe(false);
});

test('closing the browser’s question shares nothing and is told as such', async () => {
  const mediaDevices = {
    getDisplayMedia: () => Promise.reject(new DOMException('no', 'NotAllowedError')),
  };
  expect(await openSharedScreen(true, environment({ mediaDevices }))).toEqual({
    ok: false,
    screen: 'dismissed',
    microphone: null,
  });
});

test('a microphone that fails ends the sharing: nobody goes on being shown', async () => {
  const screen = new FakeStream('video');
  const outcome = await openSharedScreen(
    true,
    environment({
      mediaDevices: { getDisplayMedia: async () => asStream(screen) },
      openMicrophone: async () => ({ ok: false, failure: 'denied', camera: null, microphone: 'denied' }),
    }),
  );
  expect(outcome).toEqual({ ok: false, screen: null, microphone: 'denied' });
  expect(screen.tracks[0]!.readyState).toBe('ended');
});

test('a phone cannot share its screen', async () => {
  expect(await openSharedScreen(true, environment({ mediaDevices: undefined }))).toMatchObject({
    screen: 'unsupported',
  });
});
