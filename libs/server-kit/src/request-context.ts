import { AsyncLocalStorage } from 'node:async_hooks';

interface RequestContext {
  requestId: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` so that every log line written inside carries the request's id. */
export function inRequestContext<Result>(requestId: string, work: () => Result): Result {
  return storage.run({ requestId }, work);
}

/** The id of the request being answered, or undefined outside of one. */
export const currentRequestId = (): string | undefined => storage.getStore()?.requestId;
