import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { jobs } from '@fairtake/contracts';

/** This worker's own folder: job directories are made inside. */
export interface WorkDirectory {
  path: string;
  /** Says that this worker still runs; without it another machine takes the folder for abandoned in some hours. */
  claim(): Promise<void>;
  remove(): Promise<void>;
}

const folderName = /^worker-(.+)-(\d+)$/;
/** No job lasts longer, and running workers claim their folder every hour: what is older belongs to nobody. */
export const abandonedAfterMs = Math.max(...Object.values(jobs).map((job) => job.timeoutMs)) + 60 * 60_000;

/**
 * Makes this worker's folder (mode 0700) under `parent` and removes what killed workers left there: recordings of
 * people must not lie about. Several workers may share `parent`.
 */
export async function openWorkDirectory(parent: string): Promise<WorkDirectory> {
  const host = hostname().replaceAll(/[^A-Za-z0-9.]/g, '');
  const root = path.resolve(parent);
  const own = path.join(root, `worker-${host}-${process.pid}`);
  await mkdir(root, { recursive: true });
  for (const name of await readdir(root)) {
    const [, madeBy, pid] = folderName.exec(name) ?? [];
    if (madeBy === undefined) continue;
    const folder = path.join(root, name);
    // A container begins again with the name and number of its predecessor: that folder is nobody's either.
    const isDead = madeBy === host && (Number(pid) === process.pid || !isRunning(Number(pid)));
    if (isDead || (await isAbandoned(folder))) await rm(folder, { recursive: true, force: true });
  }
  await mkdir(own, { mode: 0o700 });
  const claim = async (): Promise<void> => {
    const now = new Date();
    await utimes(own, now, now);
  };
  return { path: own, claim, remove: () => rm(own, { recursive: true, force: true }) };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > abandonedAfterMs;
}
