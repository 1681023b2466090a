import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InfrastructureError } from './errors';

/**
 * Runs `work` with a private directory (mode 0700) under `parent` and removes it with everything inside, whatever
 * happens. `parent` must exist. Only a killed process leaves one behind: its prefix is `jobDirectoryPrefix`.
 *
 * @throws InfrastructureError when the directory cannot be made; otherwise what `work` throws.
 */
export async function withJobDirectory<T>(
  parent: string,
  work: (jobDirectory: string) => Promise<T>,
): Promise<T> {
  let jobDirectory: string;
  try {
    // mkdtemp makes the directory 0700 (POSIX mkdtemp(3)).
    jobDirectory = await mkdtemp(join(parent, jobDirectoryPrefix));
  } catch (cause) {
    throw new InfrastructureError('No job directory could be made', '', { cause });
  }
  try {
    return await work(jobDirectory);
  } finally {
    await rm(jobDirectory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Job directories begin with this, so that a sweep at start can remove those of a killed worker. */
export const jobDirectoryPrefix = 'media-job-';
