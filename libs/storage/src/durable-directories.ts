import fs from 'node:fs/promises';
import path from 'node:path';

// About 2 MB of paths. An evicted folder only costs one more fsync.
const MAX_REMEMBERED = 10_000;

/** @throws the operating system's error; a failed fsync is never tried again on the same handle */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await fs.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes folders whose entries survive power loss: after `mkdir` the parent is fsynced. A folder that already exists is
 * fsynced too the first time this process meets it, because whoever made it may not have got that far yet.
 */
export class DurableDirectories {
  readonly #root: string;
  readonly #ready = new Map<string, Promise<void>>();

  /** @param root absolute path; it and its missing parents are made on first use, mode 0700 */
  constructor(root: string) {
    this.#root = root;
  }

  /** Resolves once `directory` (the root or below) exists durably. */
  ensure(directory: string): Promise<void> {
    const known = this.#ready.get(directory);
    if (known) return known;
    const made = this.#make(directory);
    this.#remember(directory, made);
    made.catch(() => {
      if (this.#ready.get(directory) === made) this.#ready.delete(directory);
    });
    return made;
  }

  /** To be called when the folder turned out to be gone (another process pruned it). */
  forget(directory: string): void {
    for (let current = directory; ; current = path.dirname(current)) {
      this.#ready.delete(current);
      if (current === this.#root || current === path.dirname(current)) return;
    }
  }

  /** Removes the folder and its parents below the root as long as they are empty. */
  async prune(directory: string): Promise<void> {
    for (let current = directory; current !== this.#root; current = path.dirname(current)) {
      this.#ready.delete(current);
      try {
        await fs.rmdir(current);
      } catch {
        // Not empty, or somebody else removed it: either way there is nothing more to prune.
        return;
      }
    }
  }

  async #make(directory: string): Promise<void> {
    if (directory === this.#root) {
      await fs.mkdir(directory, { recursive: true, mode: 0o700 });
      await syncDirectory(path.dirname(directory));
      return;
    }
    await this.ensure(path.dirname(directory));
    const created = await makeDirectory(directory);
    try {
      await syncDirectory(path.dirname(directory));
    } catch (error) {
      // After a failed fsync a later one may claim success for the lost entry; a new entry has to be written.
      if (created) await fs.rmdir(directory).catch(() => undefined);
      throw error;
    }
  }

  #remember(directory: string, made: Promise<void>): void {
    this.#ready.set(directory, made);
    if (this.#ready.size <= MAX_REMEMBERED) return;
    const [oldest] = this.#ready.keys();
    if (oldest !== undefined) this.#ready.delete(oldest);
  }
}

async function makeDirectory(directory: string): Promise<boolean> {
  try {
    await fs.mkdir(directory, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
