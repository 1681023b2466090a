import type { Server } from 'node:http';

export interface DrainOptions {
  /** How long requests in flight may take to end before their connections are cut. */
  timeoutMs: number;
}

/**
 * Stops accepting connections, closes idle ones and waits for requests in flight.
 *
 * @returns true when all ended by themselves, false when the rest had to be cut
 */
export async function drainServer(server: Server, { timeoutMs }: DrainOptions): Promise<boolean> {
  if (!server.listening) return true;
  let drained = true;
  // A connection that was busy when close() was called turns idle later and would be kept alive for its full time.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => {
    drained = false;
    server.closeAllConnections();
  }, timeoutMs);
  try {
    await new Promise<void>((resolve, reject) =>
      server.close((error) => (error ? reject(error) : resolve())),
    );
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
  return drained;
}

/**
 * Runs `stop` once on SIGTERM or SIGINT and ends the process: 0 when it succeeded, 1 when it failed. A second signal
 * ends the process at once, so that an impatient Ctrl-C works.
 */
export function stopOnSignal(stop: (signal: NodeJS.Signals) => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    stop(signal).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
