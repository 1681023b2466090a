import { openDevices, type DeviceEnvironment, type DeviceFailure } from './device-check';
import { FakeStream } from '../testing/fake-media';

type Kind = 'audio' | 'video';

function environment(
  fail: (kinds: Kind[]) => DOMException | null,
  change: Partial<DeviceEnvironment> = {},
): DeviceEnvironment & { opened: FakeStream[] } {
  const opened: FakeStream[] = [];
  return {
    opened,
    isSecureContext: true,
    userAgent: 'Mozilla/5.0 Chrome/156.0',
    permissions: undefined,
    joinStreams: (streams) =>
      new FakeStream(
        ...streams.flatMap((stream) => stream.getTracks().map((track) => track.kind as Kind)),
      ).asMediaStream(),
    mediaDevices: {
      getUserMedia: async (constraints) => {
        const kinds = (['audio', 'video'] as const).filter((kind) => Boolean(constraints?.[kind]));
        const error = fail(kinds);
        if (error) throw error;
        const stream = new FakeStream(...kinds);
        opened.push(stream);
        return stream.asMediaStream();
      },
    },
    ...change,
  };
}

const both = { camera: true, microphone: true };
const query = (state: PermissionState) => ({ query: async () => ({ state }) as PermissionStatus });

describe('openDevices', () => {
  it('opens both at once', async () => {
    const outcome = await openDevices(
      both,
      environment(() => null),
    );
    expect(outcome.ok && outcome.stream.getTracks()).toHaveLength(2);
  });

  it.each<[string, string, Partial<DeviceEnvironment>, DeviceFailure]>([
    ['NotAllowedError', 'Permission dismissed', {}, 'dismissed'],
    ['NotAllowedError', 'Permission denied', {}, 'denied'],
    ['NotAllowedError', 'Permission denied by system', {}, 'denied_by_system'],
    ['NotAllowedError', '', { permissions: query('prompt') }, 'dismissed'],
    ['NotAllowedError', '', { permissions: query('denied') }, 'denied'],
    ['NotAllowedError', '', { permissions: query('granted') }, 'denied_by_system'],
    ['NotAllowedError', '', { userAgent: 'Mobile MicroMessenger/8.0' }, 'in_app_browser'],
    ['NotFoundError', '', {}, 'not_found'],
    ['OverconstrainedError', '', {}, 'not_found'],
    ['NotReadableError', '', {}, 'in_use'],
    ['SomethingElse', '', {}, 'unknown'],
  ])('tells %s "%s" %p as %s', async (name, message, change, failure) => {
    const outcome = await openDevices(
      both,
      environment(() => new DOMException(message, name), change),
    );
    expect(outcome).toEqual({ ok: false, failure, camera: failure, microphone: failure });
  });

  it.each<[Partial<DeviceEnvironment>, DeviceFailure]>([
    [{ isSecureContext: false }, 'insecure'],
    [{}, 'unsupported'],
    [{ userAgent: 'Instagram 300.0' }, 'in_app_browser'],
  ])('tells a missing camera API (%p) as %s', async (change, failure) => {
    const outcome = await openDevices(
      both,
      environment(() => null, { ...change, mediaDevices: undefined }),
    );
    expect(outcome).toMatchObject({ ok: false, failure });
  });

  it('names the one device that fails and leaves nothing open', async () => {
    const devices = environment((kinds) =>
      kinds.includes('video') ? new DOMException('', 'NotReadableError') : null,
    );
    const outcome = await openDevices(both, devices);
    expect(outcome).toEqual({ ok: false, failure: 'in_use', camera: 'in_use', microphone: null });
    expect(devices.opened.flatMap((stream) => stream.tracks.map((track) => track.readyState))).toEqual([
      'ended',
    ]);
  });

  it('joins the two when they open only one after the other', async () => {
    const devices = environment((kinds) =>
      kinds.length === 2 ? new DOMException('', 'NotReadableError') : null,
    );
    const outcome = await openDevices(both, devices);
    expect(outcome.ok && outcome.stream.getTracks().map((track) => track.kind)).toEqual(['video', 'audio']);
  });

  it('does not ask again after a dismissal', async () => {
    let asked = 0;
    const devices = environment(() => (asked++, new DOMException('Permission dismissed', 'NotAllowedError')));
    await openDevices(both, devices);
    expect(asked).toBe(1);
  });
});
