/**
 * Why media work failed, told apart by what to do next. `stderrTail` is for the log: it names server paths, so it is
 * never shown to a person.
 */
export abstract class MediaError extends Error {
  /** Whether the same input may succeed later. */
  abstract readonly retryable: boolean;

  constructor(
    message: string,
    readonly stderrTail = '',
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/**
 * - `empty`: no bytes, or none beyond a header.
 * - `unknown_container`: the first bytes are neither MP4 nor WebM.
 * - `container_mismatch`: they are the other one of the two.
 * - `invalid_data`: the container or a codec refuses the bytes.
 * - `no_media`: no video and no audio inside.
 * - `not_allowed`: a codec, container or protocol off the list.
 * - `too_large`: more pixels, streams, packets, seconds or output than any recording has.
 */
export type RejectionReason =
  | 'empty'
  | 'unknown_container'
  | 'container_mismatch'
  | 'invalid_data'
  | 'no_media'
  | 'not_allowed'
  | 'too_large';

/** The media itself is at fault: the same bytes will fail again. */
export class MediaRejected extends MediaError {
  readonly retryable = false;

  constructor(
    readonly reason: RejectionReason,
    stderrTail?: string,
  ) {
    super(`Media refused: ${reason}`, stderrTail);
  }
}

/** Killed at its wall-clock or CPU limit. A poison file does so every time: the caller counts tries. */
export class MediaTimeout extends MediaError {
  readonly retryable = true;

  constructor(
    readonly timeoutMs: number,
    stderrTail?: string,
  ) {
    super(`Media work took longer than ${timeoutMs} ms`, stderrTail);
  }
}

/** The process died or failed without blaming the input. A poison file may do so every time: the caller counts tries. */
export class MediaCrashed extends MediaError {
  readonly retryable = true;

  constructor(
    readonly exitCode: number | null,
    readonly exitSignal: NodeJS.Signals | null,
    stderrTail?: string,
  ) {
    super(`Media work ended with ${exitSignal ?? `exit code ${exitCode}`}`, stderrTail);
  }
}

/** This machine is at fault (disk full, binary gone, no processes left): never mark the media as bad. */
export class InfrastructureError extends MediaError {
  readonly retryable = true;
}
