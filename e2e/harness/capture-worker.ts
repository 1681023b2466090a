import type { Page, Worker } from 'playwright-core';

const isChunk = (url: string): boolean => /\/segments\/\d+\/chunks\/\d+$/.test(url);

/** The page's worker for journal and uploads. */
export const captureWorker = (page: Page): Worker | undefined =>
  page.workers().find((worker) => worker.url().includes('capture.worker'));

/** Addresses of the chunks the page's capture worker has sent; empty when there is no such worker. */
export async function chunksOfWorker(page: Page): Promise<string[]> {
  const worker = captureWorker(page);
  return worker ? (await worker.evaluate(listRequests)).filter(isChunk) : [];
}

/** Addresses of the chunks the page itself has sent. */
export const chunksOfPage = async (page: Page): Promise<string[]> =>
  (await page.evaluate(listRequests)).filter(isChunk);

const listRequests = (): string[] => performance.getEntriesByType('resource').map(({ name }) => name);
