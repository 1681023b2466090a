import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { joinBytes } from '../digest';
import type { LinkReports, TakeRecordingRequest } from '../recording-sink';
import { FakeBrowser } from '../testing/fake-browser';

// Hundreds of simulated minutes: a busy machine may take its time.
jest.setTimeout(30_000);

// The store names it as a browser global.
globalThis.IDBKeyRange = IDBKeyRange;

const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const sha256 = (bytes: Uint8Array): string => Buffer.from(hash(bytes)).toString('hex');

/** Messages to a worker and fake-indexeddb answer over several turns of the event loop. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const newBrowser = (): FakeBrowser => new FakeBrowser({ indexedDB: new IDBFactory(), settle, hash });

function expectWhole(browser: FakeBrowser, takeId: string): void {
  for (const [segment, produced] of browser.produced.entries()) {
    expect(sha256(browser.server.assembled(takeId, segment))).toBe(sha256(joinBytes(produced)));
  }
}

describe('sending in a worker', () => {
  it('journals, sends and finalises there; the page makes no request', async () => {
    const browser = newBrowser();
    const session = await browser.page({ worker: 'good' });
    expect(session.getSnapshot()).toMatchObject({ sending: 'worker', memoryOnly: false });
    const take = await browser.record(session);
    await browser.clock.advance(5_500);
    expect(take.getSnapshot()).toMatchObject({ phase: 'recording', saved: 'sending' });
    expect(session.bytesPerSecond).toBeGreaterThan(1_000);
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    expectWhole(browser, take.takeId);
    const [blob] = await browser.wait(take.recordedBlobs());
    expect(blob!.size).toBe(take.getSnapshot().bytesProduced);
    await browser.wait(take.keep());
    expect(await browser.wait(take.recordedBlobs())).toEqual([]);
    expect(browser.pageRequests).toBe(0);
  });

  it('picks up what an earlier page left', async () => {
    const browser = newBrowser();
    const first = await browser.page({ worker: 'good' });
    const cut = await browser.record(first);
    await browser.clock.advance(3_500);
    await browser.crash(first);
    expect(browser.workers[0]!.isAlive).toBe(false);
    const second = await browser.page({ worker: 'good' });
    expect(second.unfinishedTakes()).toMatchObject([{ takeId: cut.takeId }]);
    const take = second.resumeTake(cut.takeId)!;
    await browser.wait(take.record(browser.stream.asMediaStream()));
    await browser.clock.advance(2_000);
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    expect(sha256(browser.server.assembled(cut.takeId, 1))).toBe(sha256(joinBytes(browser.produced[1]!)));
  });

  it('forwards what the browser says of its network', async () => {
    const browser = newBrowser();
    const session = await browser.page({ worker: 'good' });
    const take = await browser.record(session);
    browser.fault = 'drop';
    browser.signals.give('offline');
    await browser.clock.advance(4_500);
    expect(take.getSnapshot()).toMatchObject({ error: 'offline', bytesAcknowledged: 0 });
    browser.fault = 'none';
    browser.signals.give('online');
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    expectWhole(browser, take.takeId);
  });

  it('asks the page for a new session', async () => {
    const browser = newBrowser();
    let renewals = 0;
    const renewSession = async (): Promise<boolean> => {
      browser.fault = 'none';
      return ++renewals > 0;
    };
    const session = await browser.page({ worker: 'good', renewSession });
    browser.fault = 'signed_out';
    const take = await browser.record(session);
    await browser.clock.advance(2_500);
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    expect(renewals).toBe(1);
  });

  it.each(['mute', 'throws', 'no_storage'] as const)(
    'does the same in the page when the worker does not start (%s)',
    async (worker) => {
      const browser = newBrowser();
      const session = await browser.page({ worker });
      expect(session.getSnapshot().sending).toBe('page');
      const take = await browser.record(session);
      await browser.clock.advance(2_500);
      await browser.wait(take.stop());
      await browser.until(take, 'done');
      expectWhole(browser, take.takeId);
    },
  );

  it('makes no worker where the device gives no storage', async () => {
    const browser = newBrowser();
    const environment = { ...browser.environment(), indexedDB: undefined };
    const session = await browser.page({ worker: 'good', environment });
    expect(session.getSnapshot()).toMatchObject({ sending: 'page', memoryOnly: true });
    expect(browser.workers).toEqual([]);
  });
});

describe('death of the worker', () => {
  it('loses no byte and repeats none, whenever it comes and however it shows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(6_000),
        fc.constantFrom('crash' as const, 'kill' as const),
        fc.constantFrom(0, 20, 700),
        fc.boolean(),
        async (afterMs, death, delayMs, stopAtOnce) => {
          const browser = newBrowser();
          browser.delayMs = delayMs;
          const session = await browser.page({ worker: 'good' });
          const take = await browser.record(session);
          await browser.clock.advance(afterMs);
          browser.workers[0]![death]();
          if (!stopAtOnce) await browser.clock.advance(3_000);
          const stopping = take.stop();
          await browser.clock.advance(20_000);
          await stopping;
          await browser.until(take, 'done');
          expect(session.getSnapshot().sending).toBe('page');
          expectWhole(browser, take.takeId);
          const [blob] = await browser.wait(take.recordedBlobs());
          expect(blob!.size).toBe(joinBytes(browser.produced[0]!).byteLength);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is noticed while it is silent, and not suspected while the disk is slow', async () => {
    const browser = newBrowser();
    const session = await browser.page({ worker: 'good' });
    const take = await browser.record(session);
    await browser.clock.advance(60_000);
    expect(session.getSnapshot().sending).toBe('worker');
    browser.workers[0]!.kill();
    await browser.clock.advance(15_000);
    expect(session.getSnapshot().sending).toBe('page');
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    expectWhole(browser, take.takeId);
  });

  it('also follows a message that cannot be read', async () => {
    const browser = newBrowser();
    const session = await browser.page({ worker: 'good' });
    browser.workers[0]!.onmessageerror!();
    await browser.clock.advance(100);
    expect(session.getSnapshot().sending).toBe('page');
    expect(browser.workers[0]!.isAlive).toBe(false);
  });

  it('keeps a received answer playable and its receipt known', async () => {
    const browser = newBrowser();
    const session = await browser.page({ worker: 'good' });
    const take = await browser.record(session);
    await browser.clock.advance(2_500);
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    browser.workers[0]!.crash();
    await browser.clock.advance(100);
    expect(take.getSnapshot()).toMatchObject({ phase: 'done', receipt: { verdict: 'complete' } });
    const [blob] = await browser.wait(take.recordedBlobs());
    expect(blob!.size).toBe(take.getSnapshot().bytesProduced);
    await browser.wait(take.keep());
    expect(await browser.wait(take.recordedBlobs())).toEqual([]);
  });
});

describe('a tab that lost the interview', () => {
  it('ends its worker at once', async () => {
    const browser = newBrowser();
    const first = await browser.page({ worker: 'good' });
    const take = await browser.record(first);
    await browser.clock.advance(2_500);
    const second = await browser.page({ worker: 'good' });
    await browser.wait(second.takeOver());
    expect(browser.workers.map((worker) => worker.isAlive)).toEqual([false, true]);
    expect(take.getSnapshot()).toMatchObject({ phase: 'parked', error: 'take_elsewhere' });
    const moved = second.resumeTake(take.takeId)!;
    await browser.wait(moved.stop());
    await browser.until(moved, 'done');
  });
});

describe('a device without storage', () => {
  it('interrupts the recording when memory holds as much as it may, and loses nothing of it', async () => {
    const browser = newBrowser();
    const session = await browser.page({ worker: 'good', memoryMaxBytes: 400_000 });
    const take = await browser.record(session);
    await browser.clock.advance(1_500);
    browser.fault = 'drop';
    const put = jest.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    try {
      await browser.clock.advance(12_000);
      expect(take.getSnapshot()).toMatchObject({ phase: 'interrupted', fault: { kind: 'memory_full' } });
      expect(session.getSnapshot().memoryOnly).toBe(true);
      browser.fault = 'none';
      browser.signals.give('online');
      await browser.wait(take.stop());
      await browser.until(take, 'done');
    } finally {
      put.mockRestore();
    }
    expectWhole(browser, take.takeId);
  });

  it('records on for as long as the server takes it', async () => {
    const browser = newBrowser();
    const environment = { ...browser.environment(), indexedDB: undefined };
    const session = await browser.page({ environment, memoryMaxBytes: 400_000 });
    const take = await browser.record(session);
    await browser.clock.advance(30_000);
    expect(take.getSnapshot()).toMatchObject({ phase: 'recording', fault: null });
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    expect(take.getSnapshot().bytesProduced).toBeGreaterThan(1_000_000);
    expectWhole(browser, take.takeId);
  });
});

describe('the report of the link', () => {
  it('counts what is not in the journal yet, so a slow disk is no empty queue', async () => {
    const browser = newBrowser();
    let link: LinkReports | undefined;
    const { makeTakeRecording, ...rest } = browser.environment();
    const environment = {
      ...rest,
      makeTakeRecording: (request: TakeRecordingRequest) => {
        link = request.link;
        return makeTakeRecording(request);
      },
    };
    const session = await browser.page({ worker: 'good', environment });
    browser.fault = 'drop';
    const take = await browser.record(session);
    await browser.clock.advance(2_500);
    const produced = joinBytes(browser.produced[0]!).byteLength;
    expect(link!.getSnapshot()).toEqual({ bytesPerSecond: null, roundTripMs: null, backlogBytes: produced });
    browser.workers[0]!.kill();
    await browser.clock.advance(2_000);
    expect(link!.getSnapshot().backlogBytes).toBeGreaterThanOrEqual(produced + 60_000);
    browser.fault = 'none';
    await browser.clock.advance(40_000);
    expect(link!.getSnapshot()).toMatchObject({ bytesPerSecond: expect.any(Number), backlogBytes: 0 });
    await browser.wait(take.stop());
    await browser.until(take, 'done');
  });
});
