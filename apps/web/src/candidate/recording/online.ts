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

addEventListener('online', () => become(true));
addEventListener('offline', () => become(false));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => online);
