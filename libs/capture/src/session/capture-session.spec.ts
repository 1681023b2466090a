import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { joinBytes, subtleDigest } from '../digest';
import { endOtherEngines } from '../sending/engine-fence';
import { FakeBrowser } from '../testing/fake-browser';
import { FakeStream } from '../testing/fake-media';
import { VirtualClock } from '../testing/virtual-clock';
import { SleepWatch } from './sleep-watch';

// The store names it as a browser global.
globalThis.IDBKeyRange = IDBKeyRange;

const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const sha256 = (bytes: Uint8Array): string => Buffer.from(hash(bytes)).toString('hex');

/** fake-indexeddb answers over several turns of the event loop. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const newBrowser = (): FakeBrowser => new FakeBrowser({ indexedDB: new IDBFactory(), settle, hash });

describe('CaptureSession', () => {
  it('records, sends meanwhile, finalises, and prunes when the take is kept', async () => {
    const browser = newBrowser();
    const session = await browser.page();
    const take = await browser.record(session);
    expect(take.getSnapshot().phase).toBe('recording');
    await browser.clock.advance(5_500);
    expect(take.getSnapshot()).toMatchObject({ phase: 'recording', saved: 'sending' });
    expect(take.getSnapshot().bytesAcknowledged).toBeGreaterThan(200_000);
    expect(session.getSnapshot().atRisk).toBe(true);
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    expect(take.getSnapshot()).toMatchObject({ saved: 'received', recordedMs: expect.closeTo(5_540, -2) });
    expect(session.getSnapshot().atRisk).toBe(false);
    expect(sha256(browser.server.assembled(take.takeId))).toBe(sha256(joinBytes(browser.produced[0]!)));
    const [blob] = await browser.wait(take.recordedBlobs());
    expect([blob!.type, blob!.size]).toEqual([
      'video/mp4;codecs=avc1.42e01e,opus',
      take.getSnapshot().bytesProduced,
    ]);
    await browser.wait(take.keep());
    expect(await browser.wait(take.recordedBlobs())).toEqual([]);
    await browser.crash(session);
    expect((await browser.page()).takes()).toEqual([]);
  });

  it('finds a take cut by a reload, tells what is kept, and finalises it on the person’s word', async () => {
    const browser = newBrowser();
    const first = await browser.page();
    const cut = await browser.record(first);
    await browser.clock.advance(3_500);
    await browser.crash(first);
    const second = await browser.page();
    const [unfinished] = second.unfinishedTakes();
    expect(unfinished).toMatchObject({ takeId: cut.takeId, questionId: 'question' });
    expect(unfinished!.recordedMs).toBeGreaterThan(2_900);
    const take = second.resumeTake(cut.takeId)!;
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    const kept = browser.server.assembled(cut.takeId);
    const produced = joinBytes(browser.produced[0]!);
    expect(kept.byteLength).toBe(unfinished!.bytesRecorded);
    expect(sha256(kept)).toBe(sha256(produced.subarray(0, kept.byteLength)));
  });

  it('goes on after a reload as a new segment under a new lease', async () => {
    const browser = newBrowser();
    const first = await browser.page();
    const cut = await browser.record(first);
    await browser.clock.advance(3_500);
    await browser.crash(first);
    const second = await browser.page();
    const take = second.resumeTake(cut.takeId)!;
    const recordedBeforeMs = take.getSnapshot().recordedMs;
    await browser.wait(take.record(browser.stream.asMediaStream()));
    await browser.clock.advance(2_000);
    expect(take.getSnapshot().phase).toBe('recording');
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    expect(browser.server.takes.get(cut.takeId)!.segments).toHaveLength(2);
    expect(sha256(browser.server.assembled(cut.takeId, 1))).toBe(sha256(joinBytes(browser.produced[1]!)));
    expect(take.getSnapshot().recordedMs).toBeGreaterThan(recordedBeforeMs + 2_500);
  });

  it('loses nothing the journal had, whenever the page dies', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 4 }),
        async (lives) => {
          const browser = newBrowser();
          let session = await browser.page();
          const { takeId } = await browser.record(session);
          for (const lifeMs of lives) {
            await browser.clock.advance(lifeMs);
            const acknowledged = session.resumeTake(takeId)!.getSnapshot().bytesAcknowledged;
            await browser.crash(session);
            session = await browser.page();
            expect(session.resumeTake(takeId)!.getSnapshot().bytesProduced).toBeGreaterThanOrEqual(
              acknowledged,
            );
          }
          const take = session.resumeTake(takeId)!;
          const { bytesProduced } = take.getSnapshot();
          await browser.wait(take.stop());
          if (bytesProduced === 0) {
            expect(take.getSnapshot()).toMatchObject({ phase: 'refused', error: 'no_media' });
            return;
          }
          await browser.until(take, 'done');
          const produced = joinBytes(browser.produced[0]!).subarray(0, bytesProduced);
          expect(sha256(browser.server.assembled(takeId))).toBe(sha256(produced));
        },
      ),
      { numRuns: 12 },
    );
  });

  it('records nothing in a tab that lost the interview while its recorder started', async () => {
    const browser = newBrowser();
    const first = await browser.page();
    browser.startMs = 3_000;
    const stream = browser.stream.asMediaStream();
    const starting = first.startTake({ questionId: 'question', stream });
    const refused = expect(starting).rejects.toMatchObject({ code: 'not_owner' });
    const second = await browser.page();
    await browser.wait(second.takeOver());
    await browser.clock.advance(5_000);
    await refused;
    const [produced] = browser.produced;
    const pieces = produced!.length;
    await browser.clock.advance(5_000);
    expect(produced).toHaveLength(pieces);
    expect(first.getSnapshot()).toMatchObject({ ownership: 'lost', atRisk: false, takes: [] });
  });

  it('interrupts a take when the device slept, and keeps what was recorded before', async () => {
    const browser = newBrowser();
    const session = await browser.page();
    const take = await browser.record(session, 'question', 20_000);
    await browser.clock.advance(3_500);
    await browser.clock.sleep(90_000);
    expect(take.elapsedMs()).toBeGreaterThan(0);
    await browser.clock.advance(1_000);
    expect(take.getSnapshot()).toMatchObject({ phase: 'interrupted', fault: { kind: 'asleep' } });
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    expect(sha256(browser.server.assembled(take.takeId))).toBe(sha256(joinBytes(browser.produced[0]!)));
  });

  it('goes on in a hidden page whose timers come once a minute, as long as the recorder does', async () => {
    const clock = new VirtualClock(settle);
    let slept = 0;
    const late = {
      nowMs: () => clock.nowMs(),
      after: (_: number, run: () => void) => clock.after(60_000, run),
    };
    const watch = new SleepWatch(late, () => slept++);
    for (let second = 0; second < 200; second++) {
      await clock.advance(1_000);
      watch.alive();
    }
    watch.stop();
    expect(slept).toBe(0);
  });

  it('ends the engine of a tab whose page hangs, before the new owner writes', async () => {
    const browser = newBrowser();
    const hanging = await browser.page({ worker: 'good' });
    const take = await browser.record(hanging);
    await browser.clock.advance(2_000);
    const sent = (): number => browser.server.requests.length;
    await endOtherEngines('interview', browser.locks.asLockManager());
    await browser.clock.advance(100);
    const before = sent();
    await browser.clock.advance(3_000);
    expect(sent()).toBe(before);
    expect(browser.workers[0]!.isAlive).toBe(true);
    expect(take.getSnapshot().phase).toBe('recording');
  });

  it('finalises a stopped take of an earlier page without being asked', async () => {
    const browser = newBrowser();
    const first = await browser.page();
    browser.fault = 'drop';
    const stopped = await browser.record(first);
    await browser.clock.advance(2_500);
    await browser.wait(stopped.stop());
    expect(stopped.getSnapshot()).toMatchObject({ saved: 'device', phase: 'parked', error: 'unreachable' });
    await browser.crash(first);
    browser.fault = 'none';
    const second = await browser.page();
    await browser.until(second.resumeTake(stopped.takeId)!, 'done');
    expect(sha256(browser.server.assembled(stopped.takeId))).toBe(sha256(joinBytes(browser.produced[0]!)));
  });

  it('keeps recording while nothing can be sent and catches up when the network is back', async () => {
    const browser = newBrowser();
    const session = await browser.page();
    browser.fault = 'drop';
    browser.signals.give('offline');
    const take = await browser.record(session);
    await browser.clock.advance(60_000);
    expect(take.getSnapshot()).toMatchObject({ phase: 'recording', bytesAcknowledged: 0, saved: 'device' });
    browser.fault = 'none';
    browser.signals.give('online');
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    expect(sha256(browser.server.assembled(take.takeId))).toBe(sha256(joinBytes(browser.produced[0]!)));
  });

  it('keeps what was recorded when the camera is taken away, and gives the take back', async () => {
    const browser = newBrowser();
    const session = await browser.page();
    const take = await browser.record(session);
    await browser.clock.advance(2_500);
    browser.stream.tracks[1]!.give('ended');
    await browser.until(take, 'interrupted');
    expect(take.getSnapshot().fault).toMatchObject({ kind: 'device_ended', device: 'camera' });
    await browser.wait(take.giveBack('device_lost'));
    await browser.until(take, 'returned');
    expect(browser.server.takes.get(take.takeId)).toMatchObject({
      state: 'returned',
      returnReason: 'device_lost',
    });
  });

  it('goes on with another camera in the same page', async () => {
    const browser = newBrowser();
    const session = await browser.page();
    const take = await browser.record(session);
    await browser.clock.advance(2_500);
    browser.stream.tracks[1]!.give('ended');
    await browser.until(take, 'interrupted');
    await browser.wait(take.record(new FakeStream('audio', 'video').asMediaStream()));
    await browser.clock.advance(2_000);
    await browser.wait(take.stop());
    await browser.until(take, 'done');
    for (const segment of [0, 1]) {
      const assembled = browser.server.assembled(take.takeId, segment);
      expect(sha256(assembled)).toBe(sha256(joinBytes(browser.produced[segment]!)));
    }
  });

  it('stops at the limit', async () => {
    const browser = newBrowser();
    const session = await browser.page();
    const take = await browser.record(session, 'question', 3_000);
    await browser.clock.advance(10_000);
    expect(take.getSnapshot()).toMatchObject({ phase: 'done', recordedMs: expect.closeTo(3_000, -2) });
  });

  it('goes on in memory, and says so, when the device is full', async () => {
    const browser = newBrowser();
    const session = await browser.page();
    const take = await browser.record(session);
    await browser.clock.advance(2_500);
    const put = jest.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    try {
      await browser.clock.advance(3_000);
      expect(session.getSnapshot().memoryOnly).toBe(true);
      await browser.wait(take.stop());
      await browser.until(take, 'done');
    } finally {
      put.mockRestore();
    }
    expect(sha256(browser.server.assembled(take.takeId))).toBe(sha256(joinBytes(browser.produced[0]!)));
  });

  it('lets one tab record, tells the second, and hands over on its explicit wish', async () => {
    const browser = newBrowser();
    const first = await browser.page();
    const take = await browser.record(first);
    await browser.clock.advance(2_500);
    const second = await browser.page();
    expect(second.getSnapshot().ownership).toBe('elsewhere');
    await expect(
      second.startTake({ questionId: 'question', stream: browser.stream.asMediaStream() }),
    ).rejects.toMatchObject({ code: 'not_owner' });
    await browser.wait(second.takeOver());
    expect(first.getSnapshot().ownership).toBe('lost');
    expect(take.getSnapshot()).toMatchObject({ phase: 'parked', error: 'take_elsewhere' });
    const moved = second.resumeTake(take.takeId)!;
    await browser.wait(moved.stop());
    await browser.until(moved, 'done');
    await browser.crash(second);
    expect(first.getSnapshot().ownership).toBe('owner');
  });

  it('stops recording when the server refuses the take', async () => {
    const browser = newBrowser();
    const session = await browser.page();
    const take = await browser.record(session);
    await browser.clock.advance(1_500);
    browser.server.takes.get(take.takeId)!.state = 'discarded';
    await browser.clock.advance(3_000);
    expect(take.getSnapshot()).toMatchObject({ phase: 'refused', error: 'discarded' });
    expect(session.getSnapshot().atRisk).toBe(false);
  });

  it('drops a discarded take from the device', async () => {
    const browser = newBrowser();
    const session = await browser.page();
    const take = await browser.record(session);
    await browser.clock.advance(1_500);
    await browser.wait(take.discard());
    expect(session.getSnapshot()).toMatchObject({ takes: [], atRisk: false });
    await browser.crash(session);
    expect((await browser.page()).takes()).toEqual([]);
  });

  it('keeps private notes over a reload and clears them', async () => {
    const browser = newBrowser();
    const first = await browser.page();
    await browser.wait(first.notes.write('question', 'speak slowly'));
    await browser.crash(first);
    const second = await browser.page();
    expect(await browser.wait(second.notes.read('question'))).toBe('speak slowly');
    await browser.wait(second.notes.clear());
    expect(await browser.wait(second.notes.read('question'))).toBe('');
  });
});

describe('subtleDigest', () => {
  it('refuses an insecure page at once', () => {
    expect(() => subtleDigest(null as never)).toThrow(expect.objectContaining({ code: 'insecure_context' }));
  });
});
