import {
  InfrastructureError,
  MediaCrashed,
  MediaError,
  MediaRejected,
  MediaTimeout,
  type RejectionReason,
} from './errors';

/** How a child process ended. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly exitSignal: NodeJS.Signals | null;
  readonly stderrTail: string;
  readonly timeoutMs: number;
}

/**
 * The machine's faults first: a full disk also makes ffmpeg say that data is invalid. "Input/output error" counts only
 * when writing: demuxers say it of a file that ends in its header.
 */
const machineFaults =
  /No space left on device|Too many open files|Read-only file system|Permission denied|(write_frame\(\)|Error writing).*Input\/output error|Resource temporarily unavailable|error while loading shared libraries/;

/** Messages of ffmpeg 5.1 to 7; what matches none is a crash and is tried again. */
const inputFaults: readonly [RegExp, RejectionReason][] = [
  [/not on whitelist|not in whitelist|whitelist/i, 'not_allowed'],
  [
    /Picture size \d+x\d+ is invalid|exceeds specified max pixel count|Number of streams exceeds|exceeds max_streams|Cannot allocate memory|File too large/,
    'too_large',
  ],
  [/does not contain any stream|matches no streams|Output file #0 does not contain/, 'no_media'],
  [
    /Invalid data found|Input\/output error|moov atom not found|EBML header parsing failed|End of file|could not find codec parameters|Could not find codec parameters|Error while decoding|Cannot determine format|Nothing was written|Decoder .* not found|Conversion failed|dimensions not set|unspecified size|unknown codec/i,
    'invalid_data',
  ],
];

/** Turns a failed end of ffmpeg or ffprobe into the error class that says what to do about it. */
export function classifyFailure(end: ProcessEnd): MediaError {
  const { exitCode, exitSignal, stderrTail } = end;
  if (exitSignal === 'SIGXCPU') return new MediaTimeout(end.timeoutMs, stderrTail);
  if (exitSignal === 'SIGXFSZ') return new MediaRejected('too_large', stderrTail);
  if (exitSignal !== null) return new MediaCrashed(exitCode, exitSignal, stderrTail);
  // Shells and `prlimit` report a binary that cannot be run this way.
  if (exitCode === 126 || exitCode === 127) {
    return new InfrastructureError('ffmpeg could not be started', stderrTail);
  }
  if (machineFaults.test(stderrTail)) {
    return new InfrastructureError('ffmpeg met a fault of this machine', stderrTail);
  }
  const fault = inputFaults.find(([pattern]) => pattern.test(stderrTail));
  return fault ? new MediaRejected(fault[1], stderrTail) : new MediaCrashed(exitCode, null, stderrTail);
}
