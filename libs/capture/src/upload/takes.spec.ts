import { createHash } from 'node:crypto';
import { joinBytes } from '../digest';
import type { Fault } from '../testing/fake-capture-server';
import { UploadWorld, type UploadWorldOptions } from '../testing/upload-world';
import { Turns } from './turns';

const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const sha256 = (bytes: Uint8Array): string => Buffer.from(hash(bytes)).toString('hex');

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const newWorld = (options: Omit<UploadWorldOptions, 'hash' | 'settle'> = {}): UploadWorld =>
  new UploadWorld({ hash, settle, ...options });

const fragment = (sizeBytes: number, fill: number): Uint8Array => new Uint8Array(sizeBytes).fill(fill);

/** Of each chunk in the order sent, its take. */
const chunkTakes = (world: UploadWorld): string[] =>
  world.requests('/chunks/').map((line) => /takes\/([^/]+)/.exec(line)![1]!);

describe('Turns', () => {
  const run = (pending: Record<string, number>, rounds: number): string => {
    const turns = new Turns<string>();
    let order = '';
    const start = (take: string): boolean => {
      if (pending[take]! === 0) return false;
      pending[take]!--;
      order += take;
      return true;
    };
    for (let round = 0; round < rounds; round++) turns.next(Object.keys(pending), start);
    return order;
  };

  it('gives the newest three of four chunks, and the fourth to the oldest', () => {
    expect(run({ a: 9, b: 9, c: 99 }, 12)).toBe('cccacccaccca');
  });

  it('goes on to the next older when the oldest has nothing', () => {
    expect(run({ a: 1, b: 9, c: 99 }, 12)).toBe('cccacccbcccb');
  });

  it('costs nobody a turn who has nothing to send', () => {
    expect(run({ a: 3, b: 0 }, 5)).toBe('aaa');
    expect(run({ a: 0, b: 3 }, 5)).toBe('bbb');
    expect(run({}, 2)).toBe('');
  });
});

describe('several takes', () => {
  it.each<[string, Fault]>([
    ['broken server', 'error_500'],
    ['dead link', 'drop'],
  ])('does not let a stuck earlier take block the next one (%s)', async (_, fault) => {
    const world = newWorld({ fault: ({ url }) => (url.includes('/takes/take/') ? fault : 'none') });
    await world.open();
    await world.record(fragment(10_000, 1));
    await world.finish();
    await world.clock.advance(5_000);
    await world.open('next');
    await world.record(fragment(5_000, 7), 0, 'next');
    await world.clock.advance(1_000);
    expect(world.uploadOf('next').bytesAcknowledged).toBe(5_000);
    expect(world.upload.bytesAcknowledged).toBe(0);
  });

  it('sends the one being recorded first, and the earlier one in between', async () => {
    const world = newWorld({ delayMs: () => 400 });
    await world.open();
    for (let at = 0; at < 60; at++) await world.record(fragment(70_000, at));
    await world.finish();
    await world.open('next');
    await world.clock.advance(1_000);
    const already = chunkTakes(world).length;
    for (let at = 0; at < 60; at++) await world.record(fragment(70_000, at), 0, 'next');
    await world.clock.advance(6_000);
    const order = chunkTakes(world).slice(already, already + 8);
    expect(order.filter((takeId) => takeId === 'next').length).toBeGreaterThanOrEqual(5);
    expect(order.filter((takeId) => takeId === 'take').length).toBeGreaterThanOrEqual(1);
  });

  it('drains an earlier take while the next question is only being read', async () => {
    const world = newWorld();
    await world.open();
    for (let at = 0; at < 12; at++) await world.record(fragment(70_000, at));
    await world.finish();
    await world.open('next');
    await world.untilFinalised();
    expect(sha256(world.server.assembled('take'))).toBe(sha256(joinBytes(world.produced)));
  });

  it('picks all of them up after a reload', async () => {
    let down = true;
    const world = newWorld({ fault: ({ url }) => (down && url.includes('/chunks/') ? 'drop' : 'none') });
    for (const takeId of ['take', 'next']) {
      await world.open(takeId);
      await world.record(fragment(10_000, 3), 0, takeId);
      await world.finish(takeId);
    }
    await world.clock.advance(1_000);
    await world.reload();
    down = false;
    world.signals.give('online');
    await world.untilFinalised('take');
    await world.untilFinalised('next');
  });
});

describe('stop → durable', () => {
  it.each([50, 400, 1_500])('is one round trip of %p ms when the link kept up', async (roundTripMs) => {
    const world = newWorld({ delayMs: () => roundTripMs });
    await world.open();
    for (let second = 0; second < 6; second++) {
      await world.record(fragment(60_000, second));
      await world.clock.advance(2_000);
    }
    await world.record(fragment(60_000, 99));
    await world.finish();
    const stoppedAtMs = world.clock.nowMs();
    const before = world.server.requests.length;
    await world.untilFinalised();
    // The server looks every 100 ms whether what was listed has come.
    expect(world.clock.nowMs() - stoppedAtMs).toBeLessThanOrEqual(roundTripMs + 100);
    expect(world.server.requests.slice(before)).toEqual([
      expect.stringMatching(/^PUT .*\/chunks\/\d+$/),
      expect.stringMatching(/^POST .*\/finalise$/),
    ]);
  });
});
