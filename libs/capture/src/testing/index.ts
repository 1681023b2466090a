export { FakeBrowser, type FakeBrowserOptions, type FakePageOptions } from './fake-browser';
export { FakeCaptureServer, type FakeCaptureServerOptions, type Fault } from './fake-capture-server';
export { FakeTakes, type HeldTake } from './fake-takes';
export { FakeLocks } from './fake-locks';
export { FakeStream, FakeTrack, fakeMediaRecorder, type FakeRecorderScript } from './fake-media';
export { FakeSignals } from './fake-signals';
export { FakeWorker, type FakeWorkerOptions } from './fake-worker';
export { box, mp4 } from './mp4-bytes';
export { VirtualClock } from './virtual-clock';
