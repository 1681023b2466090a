/** Hints that the network or the person came or went. */
export type NetworkSignal = 'online' | 'offline' | 'visible';

export interface NetworkSignals {
  subscribe(listener: (signal: NetworkSignal) => void): () => void;
}

/**
 * Signals of this page. The initial `navigator.onLine` is not consulted: it is false on machines that reach the
 * server over an interface the browser does not count, and the page itself did arrive.
 */
export const pageSignals: NetworkSignals = {
  subscribe(listener) {
    const online = (): void => listener('online');
    const offline = (): void => listener('offline');
    const focus = (): void => listener('visible');
    const visibility = (): void => {
      if (document.visibilityState === 'visible') listener('visible');
    };
    addEventListener('online', online);
    addEventListener('offline', offline);
    addEventListener('focus', focus);
    document.addEventListener('visibilitychange', visibility);
    return () => {
      removeEventListener('online', online);
      removeEventListener('offline', offline);
      removeEventListener('focus', focus);
      document.removeEventListener('visibilitychange', visibility);
    };
  },
};
