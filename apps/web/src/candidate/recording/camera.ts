import type { DeviceFailure, DeviceRequest, LevelMeter, LevelReading } from '@fairtake/capture';
import { loadCapture } from './load';

export type CameraState =
  | { status: 'off' | 'opening' }
  | { status: 'live'; stream: MediaStream; soundOnly: boolean }
  /** Why, per device. `stream` is the microphone alone when only the camera fails. */
  | {
      status: 'failed';
      camera: DeviceFailure | null;
      microphone: DeviceFailure | null;
      stream: MediaStream | null;
    };

/** What the camera takes from the browser. */
export interface CameraTools {
  load: () => Promise<
    Pick<typeof import('./capture-tools'), 'createLevelMeter' | 'openDevices' | 'openSharedScreen'>
  >;
  /** Whether all of these may be opened without asking. */
  permissionsStand: (names: readonly string[]) => Promise<boolean>;
}

/**
 * The one owner of camera and microphone in this page. `open` may make the browser ask, so it is called after a
 * press only, or when permission stands already.
 */
export class Camera {
  #state: CameraState = { status: 'off' };
  /** The person's choices: which devices, or sound alone because the camera will not do. */
  #request: DeviceRequest = { camera: true, microphone: true };
  #needsPicture = true;
  readonly #tools: CameraTools;
  /** Each opening or closing makes results of earlier ones unwanted. */
  #turn = 0;
  #meter: LevelMeter | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #levelListeners = new Set<(reading: LevelReading) => void>();

  constructor(tools: CameraTools = browserTools) {
    this.#tools = tools;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getSnapshot = (): CameraState => this.#state;

  /** Loudness about twenty times a second while a microphone is open. */
  readonly subscribeLevel = (listener: (reading: LevelReading) => void): (() => void) => {
    this.#levelListeners.add(listener);
    return () => this.#levelListeners.delete(listener);
  };

  /**
   * What the page on screen records. An answer that is to be heard only must never find a camera open, nor one with a
   * picture the microphone of the question before: what does not fit is closed.
   */
  need(picture: boolean): void {
    if (picture === this.#needsPicture) return;
    this.#needsPicture = picture;
    this.close();
  }

  /** Opens the devices, or opens them anew with another choice. Never rejects: see the state. */
  async open(change: Partial<DeviceRequest> = {}): Promise<CameraState> {
    this.#request = { ...this.#request, ...change };
    const turn = ++this.#turn;
    this.#release();
    this.#set({ status: 'opening' });
    const { camera, microphone } = this.#request;
    const next = await this.#openState({ camera: this.#needsPicture && camera, microphone });
    if (turn !== this.#turn) {
      stopTracks(next);
      return this.#state;
    }
    await this.#begin(next);
    this.#set(next);
    return next;
  }

  /** Asks for a window or screen and opens the microphone. Call it in a press. `off` when nothing was shared. */
  async share(): Promise<CameraState> {
    const turn = ++this.#turn;
    this.#release();
    this.#set({ status: 'opening' });
    const next = await this.#sharedState(this.#request.microphone);
    if (turn !== this.#turn) {
      stopTracks(next);
      return this.#state;
    }
    await this.#begin(next);
    this.#set(next);
    return next;
  }

  /** Opens when nothing is open yet and both permissions stand already, so that nobody is asked anything. */
  async openUnasked(): Promise<void> {
    const names = this.#needsPicture ? ['camera', 'microphone'] : ['microphone'];
    if (this.#state.status !== 'off' || !(await this.#tools.permissionsStand(names))) return;
    if (this.#state.status === 'off') await this.open();
  }

  close(): void {
    this.#turn++;
    this.#release();
    this.#set({ status: 'off' });
  }

  async #begin(state: CameraState): Promise<void> {
    if (state.status !== 'live' && state.status !== 'failed') return;
    if (state.stream) this.#meter = await this.#listen(state.stream);
    if (state.status !== 'live') return;
    // A track that ended (unplugged, or iOS went to another app) leaves nothing to record from.
    for (const track of state.stream.getTracks()) {
      track.addEventListener('ended', () => {
        if (this.#state === state) this.close();
      });
    }
  }

  async #openState(request: DeviceRequest): Promise<CameraState> {
    const { openDevices } = await this.#tools.load();
    const outcome = await openDevices(request);
    if (outcome.ok) return { status: 'live', stream: outcome.stream, soundOnly: request.camera === false };
    const { camera, microphone } = outcome;
    // The microphone alone: the person sees that it works, and may go on with sound only.
    const alone = camera && !microphone ? await openDevices({ ...request, camera: false }) : null;
    return { status: 'failed', camera, microphone, stream: alone?.ok ? alone.stream : null };
  }

  async #sharedState(microphone: boolean | string): Promise<CameraState> {
    const { openSharedScreen } = await this.#tools.load();
    const outcome = await openSharedScreen(microphone);
    if (outcome.ok) return { status: 'live', stream: outcome.stream, soundOnly: false };
    // The question was closed, or sharing is not to be had: the page says so in words of its own.
    if (outcome.screen) return { status: 'off' };
    return { status: 'failed', camera: null, microphone: outcome.microphone, stream: null };
  }

  async #listen(stream: MediaStream): Promise<LevelMeter | null> {
    const { createLevelMeter } = await this.#tools.load();
    try {
      return createLevelMeter(stream, (_level, reading) => this.#tell(reading));
    } catch {
      // No audio context: the strip stays flat, the recording is not concerned.
      return null;
    }
  }

  #tell(reading: LevelReading): void {
    for (const listener of this.#levelListeners) listener(reading);
  }

  #release(): void {
    this.#meter?.stop();
    this.#meter = null;
    stopTracks(this.#state);
  }

  #set(state: CameraState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

function stopTracks(state: CameraState): void {
  if (state.status !== 'live' && state.status !== 'failed') return;
  for (const track of state.stream?.getTracks() ?? []) track.stop();
}

async function permissionsStand(names: readonly string[]): Promise<boolean> {
  try {
    const found = await Promise.all(
      names.map((name) => navigator.permissions.query({ name: name as PermissionName })),
    );
    return found.every((permission) => permission.state === 'granted');
  } catch {
    return false;
  }
}

const browserTools: CameraTools = { load: loadCapture, permissionsStand };
