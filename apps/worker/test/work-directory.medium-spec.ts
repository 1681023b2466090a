import { mkdir, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { makeTemporaryDirectory, type TemporaryDirectory } from '@fairtake/testing';
import { openWorkDirectory } from '../src/work-directory';

let parent: TemporaryDirectory;
beforeEach(async () => {
  parent = await makeTemporaryDirectory({ name: 'work-directory' });
});
afterEach(() => parent.remove());

const exists = (folder: string): Promise<boolean> =>
  stat(folder).then(
    () => true,
    () => false,
  );

/** A folder that looks as if a worker on another machine had made it long ago. */
async function olderFolder(name: string): Promise<string> {
  const folder = path.join(parent.path, name);
  await mkdir(folder);
  await utimes(folder, 1, 1);
  return folder;
}

test('a new worker removes what other machines abandoned and leaves other folders alone', async () => {
  const abandoned = await olderFolder('worker-elsewhere-1');
  const foreign = await olderFolder('photos');
  const own = await openWorkDirectory(parent.path);
  expect(await exists(abandoned)).toBe(false);
  expect([await exists(foreign), await exists(own.path)]).toEqual([true, true]);
});

test('a claimed folder is young again, so that other machines leave an idle worker alone', async () => {
  const own = await openWorkDirectory(parent.path);
  await utimes(own.path, 1, 1);
  await own.claim();
  expect(Date.now() - (await stat(own.path)).mtimeMs).toBeLessThan(60_000);
});
