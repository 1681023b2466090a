import { useSyncExternalStore } from 'react';

/**
 * Whether the browser said that it lost its network since this page loaded. The initial `navigator.onLine` is not
 * asked: it is false on machines that reach the server over an interface the browser does not count.
 */
let online = true;
const listeners = new Set<() => void>();

function become(next: boolean): void {
  online = next;
  for (const listener of [...listeners]) listener();
}

/** A page that began without an answer is offline until one comes, whatever the browser says. */
export const sawNoAnswer = (): void => become(false);
export const sawAnswer = (): void => become(true);

addEventListener('online', () => become(true));
addEventListener('offline', () => become(false));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => online);
