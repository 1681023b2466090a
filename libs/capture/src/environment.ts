import { v7 as uuidv7 } from 'uuid';
import { systemClock, type Clock } from './clock';
import { subtleDigest, type Digest } from './digest';
import { pageSignals, type NetworkSignals } from './network-signals';
import type { MakeTakeRecording } from './recording-sink';
import { adaptiveRecording, type RecordingChoices } from './recording/adaptive-recording';

/** Everything the library takes from the browser, so that a test (or another recorder) can stand in. */
export interface CaptureEnvironment {
  fetch: typeof fetch;
  indexedDB: IDBFactory | undefined;
  locks: LockManager | undefined;
  clock: Clock;
  /** 0 ≤ x < 1, for the jitter of retries. */
  random: () => number;
  digest: Digest;
  signals: NetworkSignals;
  makeTakeRecording: MakeTakeRecording;
  /** A new UUIDv7: take ids sort by time. */
  newId: () => string;
  /** Wall clock, for showing only. */
  now: () => Date;
  /** Asks the browser not to evict the journal; not relied on. */
  askPersistence: () => void;
}

/** The page's own. Throws `insecure_context` where SubtleCrypto is missing. */
export function browserEnvironment(choices: () => RecordingChoices): CaptureEnvironment {
  return {
    fetch: (input, init) => fetch(input, init),
    indexedDB: globalThis.indexedDB,
    locks: navigator.locks,
    clock: systemClock,
    random: Math.random,
    digest: subtleDigest(),
    signals: pageSignals,
    makeTakeRecording: adaptiveRecording({
      clock: systemClock,
      choices,
      MediaRecorder: globalThis.MediaRecorder,
    }),
    newId: () => uuidv7(),
    now: () => new Date(),
    askPersistence: () => void navigator.storage?.persist?.().catch(() => false),
  };
}
