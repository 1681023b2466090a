/**
 * Why a camera or microphone could not be opened. The first three need three different texts:
 *
 * - `dismissed`: the question was closed without an answer; asking again helps.
 * - `denied`: this site is blocked in the browser; only its settings help.
 * - `denied_by_system`: the operating system blocks the browser.
 * - `not_found`: no such device. `in_use`: another program holds it.
 * - `insecure`: the page is not HTTPS. `unsupported`: no camera API. `in_app_browser`: an app's own browser (WeChat,
 *   Instagram and others) without camera; open the page in Safari or Chrome.
 */
export type DeviceFailure =
  | 'dismissed'
  | 'denied'
  | 'denied_by_system'
  | 'not_found'
  | 'in_use'
  | 'insecure'
  | 'unsupported'
  | 'in_app_browser'
  | 'unknown';

export interface DeviceRequest {
  /** True for the default device, or the id of a picked one. */
  camera: boolean | string;
  microphone: boolean | string;
}

export type DeviceOutcome =
  | { ok: true; stream: MediaStream }
  /** Per device: what is wrong with it, or null when it works (or was not asked for). */
  | { ok: false; failure: DeviceFailure; camera: DeviceFailure | null; microphone: DeviceFailure | null };

/** What the check takes from the browser. */
export interface DeviceEnvironment {
  isSecureContext: boolean;
  userAgent: string;
  mediaDevices: Pick<MediaDevices, 'getUserMedia'> | undefined;
  permissions: Pick<Permissions, 'query'> | undefined;
  joinStreams: (streams: MediaStream[]) => MediaStream;
}

const browserDevices = (): DeviceEnvironment => ({
  isSecureContext: globalThis.isSecureContext,
  userAgent: navigator.userAgent,
  mediaDevices: navigator.mediaDevices,
  permissions: navigator.permissions,
  joinStreams: (streams) => new MediaStream(streams.flatMap((stream) => stream.getTracks())),
});

const inAppBrowsers = /MicroMessenger|FBAN|FBAV|Instagram|\bLine\/|; wv\)|DingTalk|Weibo/;

/**
 * Opens camera and microphone. On failure each is tried apart, to name the culprit; nothing stays open then. The
 * caller stops the tracks of a stream it got.
 */
export async function openDevices(
  request: DeviceRequest,
  environment: DeviceEnvironment = browserDevices(),
): Promise<DeviceOutcome> {
  const missing = missingApi(environment);
  if (missing) return bothFailed(request, missing);
  const together = await attempt(request, environment);
  if (together.ok) return together;
  // Asking twice more after a dismissal would be nagging; a dismissal concerns both anyway.
  const single = request.camera === false || request.microphone === false;
  if (single || together.failure === 'dismissed') return bothFailed(request, together.failure);
  const camera = await attempt({ ...request, microphone: false }, environment);
  const microphone = await attempt({ ...request, camera: false }, environment);
  if (camera.ok && microphone.ok) {
    return { ok: true, stream: environment.joinStreams([camera.stream, microphone.stream]) };
  }
  for (const outcome of [camera, microphone]) {
    if (outcome.ok) for (const track of outcome.stream.getTracks()) track.stop();
  }
  return {
    ok: false,
    failure: camera.ok ? together.failure : camera.failure,
    camera: camera.ok ? null : camera.failure,
    microphone: microphone.ok ? null : microphone.failure,
  };
}

export interface DeviceChoice {
  deviceId: string;
  /** Empty before permission was given. */
  label: string;
}

/** Cameras and microphones to choose from. Labels and ids are only there once permission was given. */
export async function listDevices(): Promise<{ cameras: DeviceChoice[]; microphones: DeviceChoice[] }> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const choices = (kind: MediaDeviceKind): DeviceChoice[] =>
    devices.filter((device) => device.kind === kind).map(({ deviceId, label }) => ({ deviceId, label }));
  return { cameras: choices('videoinput'), microphones: choices('audioinput') };
}

function missingApi(environment: DeviceEnvironment): DeviceFailure | null {
  if (environment.mediaDevices) return null;
  if (!environment.isSecureContext) return 'insecure';
  return inAppBrowsers.test(environment.userAgent) ? 'in_app_browser' : 'unsupported';
}

function bothFailed(request: DeviceRequest, failure: DeviceFailure): DeviceOutcome {
  return {
    ok: false,
    failure,
    camera: request.camera === false ? null : failure,
    microphone: request.microphone === false ? null : failure,
  };
}

type Attempt = { ok: true; stream: MediaStream } | { ok: false; failure: DeviceFailure };

async function attempt(request: DeviceRequest, environment: DeviceEnvironment): Promise<Attempt> {
  const exact = (device: boolean | string) =>
    typeof device === 'string' ? { deviceId: { exact: device } } : {};
  const constraints: MediaStreamConstraints = {
    video: request.camera !== false && {
      ...exact(request.camera),
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 30, max: 30 },
      ...(request.camera === true ? { facingMode: 'user' } : {}),
    },
    audio: request.microphone !== false && {
      ...exact(request.microphone),
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    },
  };
  try {
    return { ok: true, stream: await environment.mediaDevices!.getUserMedia(constraints) };
  } catch (error) {
    const name = request.camera === false ? 'microphone' : 'camera';
    return { ok: false, failure: await failureOf(error as DOMException, name, environment) };
  }
}

async function failureOf(
  error: { name?: string; message?: string },
  device: 'camera' | 'microphone',
  environment: DeviceEnvironment,
): Promise<DeviceFailure> {
  switch (error.name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return permissionFailure(error.message ?? '', device, environment);
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'not_found';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'in_use';
    case 'SecurityError':
    case 'TypeError':
      return environment.isSecureContext ? 'unsupported' : 'insecure';
    default:
      return 'unknown';
  }
}

/** Chromium says which of the three it is in the message; elsewhere the permission's state afterwards tells. */
async function permissionFailure(
  message: string,
  device: 'camera' | 'microphone',
  environment: DeviceEnvironment,
): Promise<DeviceFailure> {
  if (/dismissed/i.test(message)) return 'dismissed';
  if (/system/i.test(message)) return 'denied_by_system';
  if (inAppBrowsers.test(environment.userAgent)) return 'in_app_browser';
  try {
    const status = await environment.permissions?.query({ name: device as PermissionName });
    if (status?.state === 'prompt') return 'dismissed';
    if (status?.state === 'granted') return 'denied_by_system';
  } catch {
    // Firefox and older Safari do not know these permission names.
  }
  return 'denied';
}
