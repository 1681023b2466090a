import { createContext, useContext } from 'react';

/** The server's time now, in epoch milliseconds. The device's own clock decides nothing. */
export const ServerClockContext = createContext<() => number>(() => Date.now());

export const useServerClock = (): (() => number) => useContext(ServerClockContext);

/** A clock that goes on from the server's word by the monotonic clock: a changed device clock does not move it. */
export function serverClock(serverNow: string): () => number {
  const offset = Date.parse(serverNow) - performance.now();
  return () => performance.now() + offset;
}
