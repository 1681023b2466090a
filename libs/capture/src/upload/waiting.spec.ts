import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { joinBytes } from '../digest';
import type { Fault } from '../testing/fake-capture-server';
import { UploadWorld, type UploadWorldOptions } from '../testing/upload-world';

// Hundreds of simulated minutes: a busy machine may take its time.
jest.setTimeout(30_000);

const takeId = 'take';
const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const sha256 = (bytes: Uint8Array): string => Buffer.from(hash(bytes)).toString('hex');

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const newWorld = (options: Omit<UploadWorldOptions, 'hash' | 'settle'> = {}): UploadWorld =>
  new UploadWorld({ hash, settle, ...options });
const fragment = (sizeBytes: number, fill: number): Uint8Array => new Uint8Array(sizeBytes).fill(fill);
const puts = (world: UploadWorld): string[] => world.requests('/chunks/');

describe('waiting', () => {
  it('does not take a captive portal for an acknowledgement', async () => {
    let portal = false;
    const world = newWorld({ fault: () => (portal ? 'portal' : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(100);
    portal = true;
    await world.record(fragment(10_000, 2));
    await world.clock.advance(60_000);
    expect(world.upload.bytesAcknowledged).toBe(10_000);
    expect(world.upload.state).toBe('waiting');
  });

  it('starts nothing while offline but a probe, and goes on at once when online', async () => {
    let down = false;
    const world = newWorld({ fault: () => (down ? 'drop' : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(100);
    down = true;
    world.signals.give('offline');
    const before = puts(world).length;
    await world.record(fragment(10_000, 2));
    await world.clock.advance(29_000);
    expect(puts(world).length).toBe(before);
    expect(world.upload.state).toBe('waiting');
    await world.clock.advance(2_000);
    expect(puts(world).length).toBe(before + 1);
    down = false;
    world.signals.give('online');
    await world.clock.advance(50);
    expect(world.upload.bytesAcknowledged).toBe(20_000);
  });

  it('sends again at once what hung until its deadline: it has waited already', async () => {
    let hangs = false;
    const world = newWorld({ delayMs: () => (hangs ? 60_000 : 20), random: () => 0.99 });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(100);
    hangs = true;
    await world.record(fragment(10_000, 2));
    await world.clock.advance(14_900);
    hangs = false;
    await world.clock.advance(150);
    expect(world.upload.bytesAcknowledged).toBe(20_000);
  });

  it('finds out by itself that a browser which says offline is wrong', async () => {
    const world = newWorld();
    await world.open();
    world.signals.give('offline');
    await world.record(fragment(10_000, 1));
    await world.finish();
    await world.clock.advance(31_000);
    expect(world.upload.state).toBe('finalised');
  });

  it('honours Retry-After even when the person comes back', async () => {
    const faults: Fault[] = ['none', 'busy'];
    const world = newWorld({ faults });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(100);
    world.signals.give('visible');
    await world.clock.advance(1_800);
    expect(world.upload.bytesAcknowledged).toBe(0);
    await world.clock.advance(800);
    expect(world.upload.bytesAcknowledged).toBe(10_000);
  });

  it('does not spin when the server says at once, and says that it waits', async () => {
    const world = newWorld({ fault: ({ url }) => (url.includes('/chunks/') ? 'busy_now' : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(30_000);
    expect(puts(world).length).toBeLessThan(10);
    expect([world.upload.state, world.upload.error]).toEqual(['waiting', 'server_unavailable']);
  });

  it('takes nothing from the device the person went on with when it comes back online', async () => {
    let down = true;
    const world = newWorld({ fault: () => (down ? 'drop' : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(20_000);
    const body = JSON.stringify({ questionId: 'question', recorder: 'baseline', mimeType: 'video/mp4' });
    down = false;
    const onPhone = world.server.fetchAs('phone')(`/api/interviews/interview/takes/other`, {
      method: 'PUT',
      body,
    });
    await world.clock.advance(500);
    expect((await onPhone).status).toBe(200);
    world.signals.give('online');
    await world.clock.advance(5_000);
    expect([world.upload.state, world.upload.error]).toEqual(['blocked', 'take_elsewhere']);
    expect(world.server.takes.has(takeId)).toBe(false);
  });

  it.each<[number, string, string]>([
    [403, 'consent_missing', 'refused'],
    [410, 'interview_over', 'refused'],
    [409, 'take_closed', 'returned'],
    [404, 'not_found', 'returned'],
  ])('keeps what the server did not take back: %i %s', async (status, code, state) => {
    const world = newWorld();
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(100);
    world.server.held.giveBack = () => ({ status, body: { code, status } });
    await world.journal.changeTake(takeId, { state: 'returning', returnReason: 'device_lost' });
    world.upload.giveBack();
    await world.clock.advance(1_000);
    expect(world.upload.state).toBe(state);
    expect((await world.journal.contents(takeId)).fragments).toHaveLength(1);
  });

  it('resets its own back-off when the person comes back', async () => {
    let down = true;
    const world = newWorld({ fault: () => (down ? 'drop' : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(120_000);
    down = false;
    world.signals.give('visible');
    await world.clock.advance(100);
    expect(world.upload.bytesAcknowledged).toBe(10_000);
  });

  it.each<[string, string]>([
    ['opening', '/takes/take'],
    ['finalising', '/finalise'],
  ])('does not take a captive portal for %s', async (_, end) => {
    let portal = true;
    const world = newWorld({ fault: ({ url }) => (portal && url.endsWith(end) ? 'portal' : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.finish();
    await world.clock.advance(60_000);
    expect(world.upload).toMatchObject({ state: 'waiting', error: 'unreachable' });
    portal = false;
    await world.untilFinalised();
  });

  it('goes on after a sleep, whatever was under way, and says nothing false', async () => {
    const faults: Fault[] = ['none', 'stall', 'stall'];
    const world = newWorld({ faults });
    await world.open();
    await world.record(fragment(70_000, 1));
    await world.record(fragment(70_000, 2));
    await world.clock.advance(1_000);
    await world.clock.sleep(20 * 60_000);
    world.signals.give('visible');
    expect(['sending', 'waiting']).toContain(world.upload.state);
    await world.record(fragment(70_000, 3));
    await world.finish();
    const awakeAtMs = world.clock.nowMs();
    await world.untilFinalised();
    expect(world.clock.nowMs() - awakeAtMs).toBeLessThan(2_000);
    expect(sha256(world.server.assembled(takeId))).toBe(sha256(joinBytes(world.produced)));
  });

  it('keeps a take that the server has no room for, and sends it when there is room', async () => {
    const world = newWorld({ faults: ['none', 'storage_full', 'storage_full'] });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.finish();
    await world.untilFinalised();
  });
});

describe('an outage', () => {
  const record = async (world: UploadWorld, seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      await world.record(fragment(8_000, second % 251));
      await world.clock.advance(1_000);
    }
  };

  it('of the API is over within ten seconds of its restart, however long it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom(0.05, 0.5, 0.999),
        fc.constantFrom('recording', 'stopped'),
        async (seconds, random, phase) => {
          const world = newWorld({ random: () => random });
          await world.open();
          await record(world, 3);
          if (phase === 'stopped') {
            await world.record(fragment(300_000, 9));
            await world.finish();
          }
          world.server.crash();
          if (phase === 'recording') await record(world, seconds);
          else await world.clock.advance(seconds * 1_000);
          const before = world.upload.bytesAcknowledged;
          world.server.restart();
          await world.clock.advance(10_000);
          expect(world.upload.bytesAcknowledged).toBeGreaterThan(before);
          if (phase === 'recording') await world.finish();
          await world.untilFinalised();
          expect(sha256(world.server.assembled(takeId))).toBe(sha256(joinBytes(world.produced)));
        },
      ),
      { numRuns: 12 },
    );
  });

  it('costs little: a small question every few seconds, and after ten minutes only the back-off', async () => {
    const world = newWorld();
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(100);
    await world.record(fragment(10_000, 2));
    await world.finish();
    world.server.crash();
    await world.clock.advance(11 * 60_000);
    const questions = world.requests('GET ').length;
    expect(questions).toBeGreaterThan(120);
    expect(questions).toBeLessThan(250);
    expect(puts(world).length).toBeLessThan(80);
    await world.clock.advance(60 * 60_000);
    expect(world.requests('GET ').length - questions).toBeLessThan(5);
  });

  it('of the chunks alone does not become a storm of chunks', async () => {
    const world = newWorld({ fault: ({ url }) => (url.includes('/chunks/') ? 'portal_403' : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.clock.advance(10 * 60_000);
    expect(puts(world).length).toBeLessThan(90);
  });
});
