/**
 * Everything this library rejects with. `code` is stable and meant for a message catalogue; `message` is for logs.
 *
 * - `insecure_context` SubtleCrypto (or the camera) is missing because the page is not served over HTTPS.
 * - `unsupported` no MediaRecorder, or none of our container and codec types.
 * - `recorder_failed` the recorder did not start or threw while starting.
 * - `not_owner` another tab of this browser owns the interview's recordings.
 * - `foreign_segments` another device recorded into this take: it cannot be continued here, only given back.
 * - `wrong_state` the call does not fit the take's phase.
 * - `offline` the server could not be reached and the call cannot wait for it.
 * - `refused` the server answered no for good; `reason` holds its problem code.
 */
export type CaptureErrorCode =
  | 'insecure_context'
  | 'unsupported'
  | 'recorder_failed'
  | 'not_owner'
  | 'foreign_segments'
  | 'wrong_state'
  | 'offline'
  | 'refused';

export class CaptureError extends Error {
  readonly code: CaptureErrorCode;
  readonly reason: string | undefined;

  constructor(code: CaptureErrorCode, message: string, options?: { reason?: string; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CaptureError';
    this.code = code;
    this.reason = options?.reason;
  }
}
