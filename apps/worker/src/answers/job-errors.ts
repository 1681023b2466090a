import type { MediaFailure } from '@fairtake/contracts';
import { InfrastructureError, MediaError, MediaRejected, type RejectionReason } from '@fairtake/media';
import { PermanentJobError, TransientJobError } from '@fairtake/queue';
import { StorageFull, StorageUnavailable } from '@fairtake/storage';

const failures: Record<RejectionReason, MediaFailure> = {
  empty: 'no_media',
  no_media: 'no_media',
  unknown_container: 'unreadable',
  container_mismatch: 'unreadable',
  invalid_data: 'unreadable',
  not_allowed: 'hostile',
  too_large: 'too_large',
};

/** Of the work directory's volume, or of this process: no file is to blame. */
const machineFaults = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EIO', 'EROFS', 'ENOMEM', 'EAGAIN']);

/** Runs media work and says of every failure whose fault it is, in the queue's words. */
export async function asJob<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw jobErrorOf(error);
  }
}

/** @returns the error itself where it says nothing about whose fault it is: counted, and tried again */
export function jobErrorOf(error: unknown): unknown {
  if (isSurroundings(error)) return new TransientJobError(textOf(error), { cause: error });
  if (error instanceof MediaRejected) {
    return new PermanentJobError(failures[error.reason], textOf(error), { cause: error });
  }
  return error instanceof MediaError ? new Error(textOf(error), { cause: error }) : error;
}

function isSurroundings(error: unknown): error is Error {
  return (
    error instanceof InfrastructureError ||
    error instanceof StorageUnavailable ||
    error instanceof StorageFull ||
    (error instanceof Error && machineFaults.has(String((error as NodeJS.ErrnoException).code)))
  );
}

/** With ffmpeg's last words, which are kept for the operator and shown to nobody else. */
function textOf(error: Error): string {
  return error instanceof MediaError && error.stderrTail
    ? `${error.message}: ${error.stderrTail}`
    : error.message;
}
