const nameOf = (interviewId: string): string => `fairtake-capture-engine-${interviewId}`;

/**
 * A worker goes on while its page hangs, so a tab that lost the interview could still seal and send. The new owner
 * therefore ends the engine itself: a worker runs only as long as it holds this Web Lock, and whoever becomes owner
 * takes it away first. Where locks are missing every tab is owner and the server's lease alone decides.
 */
export async function endOtherEngines(interviewId: string, locks: LockManager | undefined): Promise<void> {
  await locks?.request(nameOf(interviewId), { steal: true }, async () => undefined);
}

/** Holds the lock for the life of this worker; `onTaken` when another tab has become the owner. */
export function holdEngine(interviewId: string, locks: LockManager | undefined, onTaken: () => void): void {
  locks?.request(nameOf(interviewId), {}, () => new Promise<never>(() => undefined)).catch(onTaken);
}
