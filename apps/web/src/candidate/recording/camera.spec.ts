import type { DeviceRequest } from '@fairtake/capture';
import { Camera, type CameraTools } from './camera';

/** A stream of the given kinds; `stopped` counts its tracks that were ended. */
class FakeStream {
  stopped = 0;
  readonly #kinds: string[];

  constructor(kinds: string[]) {
    this.#kinds = kinds;
  }

  getTracks() {
    return this.#kinds.map((kind) => ({
      kind,
      stop: () => void this.stopped++,
      addEventListener: () => undefined,
    }));
  }
}

function newCamera({ permitted = true } = {}) {
  const requests: DeviceRequest[] = [];
  const streams: FakeStream[] = [];
  const tools = {
    load: async () => ({
      openDevices: async (request: DeviceRequest) => {
        requests.push(request);
        const stream = new FakeStream(request.camera === false ? ['audio'] : ['audio', 'video']);
        streams.push(stream);
        return { ok: true, stream };
      },
      createLevelMeter: () => {
        throw new Error('no sound here');
      },
    }),
    permissionsStand: async () => permitted,
  } as unknown as CameraTools;
  return { camera: new Camera(tools), requests, streams };
}

describe('Camera', () => {
  it('is never open for a question that is answered by voice', async () => {
    const { camera, requests, streams } = newCamera();
    camera.need(true);
    await camera.open();
    expect(camera.getSnapshot()).toMatchObject({ status: 'live', soundOnly: false });
    camera.need(false);
    expect(camera.getSnapshot().status).toBe('off');
    expect(streams[0]!.stopped).toBe(2);
    await camera.openUnasked();
    expect(camera.getSnapshot()).toMatchObject({ status: 'live', soundOnly: true });
    expect(requests.at(-1)).toEqual({ camera: false, microphone: true });
  });

  it('has its picture again for the next question that wants one', async () => {
    const { camera, requests } = newCamera();
    camera.need(false);
    await camera.open();
    camera.need(true);
    await camera.openUnasked();
    expect(requests.at(-1)).toEqual({ camera: true, microphone: true });
    expect(camera.getSnapshot()).toMatchObject({ status: 'live', soundOnly: false });
  });

  it('stays as it is from one question to the next of its kind, with the device that was picked', async () => {
    const { camera, requests } = newCamera();
    camera.need(true);
    await camera.open({ camera: 'usb' });
    camera.need(true);
    await camera.openUnasked();
    expect(requests).toEqual([{ camera: 'usb', microphone: true }]);
  });

  it('keeps the choice of going on with sound alone', async () => {
    const { camera } = newCamera();
    await camera.open({ camera: false });
    camera.need(false);
    camera.need(true);
    await camera.openUnasked();
    expect(camera.getSnapshot()).toMatchObject({ soundOnly: true });
  });

  it('asks for nothing where it would have to be asked for', async () => {
    const { camera, requests } = newCamera({ permitted: false });
    camera.need(false);
    await camera.openUnasked();
    expect(requests).toEqual([]);
  });
});
