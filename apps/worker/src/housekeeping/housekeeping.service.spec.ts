import type { Database } from '@fairtake/database';
import { createLogger } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { HousekeepingService } from './housekeeping.service';

const now = new Date('2026-07-31T12:00:00Z');
const thirtyDaysAgo = new Date('2026-07-01T12:00:00Z');

function serviceWith(removeLeftovers: (olderThanMs: number) => Promise<number>) {
  const asked: [string, Date][] = [];
  const note = (what: string) => async (before: Date) => {
    asked.push([what, before]);
    return 1;
  };
  const expiry = {
    removeSessions: note('sessions'),
    removeAccountLinks: note('links'),
    removeDoneJobs: note('jobs'),
  };
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  const logger = createLogger({ name: 'worker', level: 'info', destination });
  const storage = { removeLeftovers } as Storage;
  let claims = 0;
  const workDirectory = {
    path: '/work',
    claim: async () => void (claims += 1),
    remove: async () => undefined,
  };
  const database = { ops: { expiry } } as unknown as Database;
  const service = new HousekeepingService(database, storage, workDirectory, logger);
  return { service, claims: () => claims, asked, log: () => lines.join('') };
}

describe('housekeeping', () => {
  it('ends sessions at once and keeps links and jobs for thirty days', async () => {
    const { service, asked } = serviceWith(async () => 0);
    await service.sweep(now);
    expect(asked).toEqual([
      ['sessions', now],
      ['links', thirtyDaysAgo],
      ['jobs', thirtyDaysAgo],
    ]);
  });

  it('leaves alone what a running job may still write', async () => {
    let olderThanMs = 0;
    const { service } = serviceWith(async (age) => {
      olderThanMs = age;
      return 0;
    });
    await service.sweep(now);
    expect(olderThanMs).toBeGreaterThan(2 * 60 * 60_000);
  });

  it('claims the folder of this worker', async () => {
    const { service, claims } = serviceWith(async () => 0);
    await service.sweep(now);
    expect(claims()).toBe(1);
  });

  it('goes on when one thing fails, and logs it', async () => {
    const { service, asked, log } = serviceWith(() => Promise.reject(new Error('The volume is away.')));
    await service.sweep(now);
    expect(asked).toHaveLength(3);
    expect(log()).toContain('The volume is away.');
  });
});
