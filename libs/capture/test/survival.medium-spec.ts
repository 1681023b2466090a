import fc from 'fast-check';
import { IDBKeyRange } from 'fake-indexeddb';
import { FakeStream } from '../src/testing';
import { commands, startTake } from './survival/commands';
import { heal } from './survival/heal';
import { checkInvariants } from './survival/invariants';
import { World } from './survival/world';

// The store names it as a browser global.
globalThis.IDBKeyRange = IDBKeyRange;

/** `CAPTURE_RUNS=20000 npm test -- medium libs/capture` looks longer. */
const numRuns = Number(process.env.CAPTURE_RUNS ?? 200);
/** A run takes a fraction of a second of a quiet machine; this only ends one that hangs. */
const RUN_TIMEOUT_MS = 3_000;
/** Both as a failure prints them, to see the same failure again. */
const { CAPTURE_SEED: seed, CAPTURE_PATH: path } = process.env;

/** Bytes of one second: mostly a poor picture, now and then a piece that fills a chunk. */
const anySize = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 30_000 }) },
  { weight: 1, arbitrary: fc.constant(700_000) },
);

it(
  'keeps its promises after every step, and ends well, whatever happens in whatever order',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands(commands, { maxCommands: 30, size: 'max' }),
        fc.array(anySize, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        async (steps, sizes, randomness) => {
          const world = new World({ seed: randomness, sizes });
          await startTake(world, await world.open(world.devices[0]), 0);
          await fc.asyncModelRun(() => ({ model: {}, real: world }), steps);
          await heal(world);
        },
      ),
      { numRuns, ...(seed ? { seed: Number(seed) } : {}), ...(path ? { path } : {}) },
    );
  },
  numRuns * RUN_TIMEOUT_MS,
);

it('keeps ten minutes without a network on the device, and sends them when it is back', async () => {
  const world = new World({ seed: 1, sizes: [20_000] });
  const [device] = world.devices;
  const page = await world.open(device);
  device.isOnline = false;
  device.signals.give('offline');
  await startTake(world, page, 0);
  const asked = world.server.requests.length;
  await world.clock.advance(10 * 60_000);
  const [take] = page.session.takes();
  expect(take!.getSnapshot()).toMatchObject({ phase: 'recording', saved: 'device', bytesAcknowledged: 0 });
  expect(take!.getSnapshot().bytesProduced).toBeGreaterThan(599 * 20_000);
  expect(world.server.requests.length).toBe(asked);
  await world.wait(take!.stop());
  device.isOnline = true;
  device.signals.give('online');
  await world.clock.until(() => take!.getSnapshot().phase === 'done');
  await checkInvariants(world);
});

it('does not go on recording a take that was stopped while the server was asked for its lease', async () => {
  const world = new World({ seed: 1, sizes: [20_000] });
  const [device] = world.devices;
  const first = await world.open(device);
  await startTake(world, first, 0);
  await world.clock.advance(3_500);
  await world.kill(first);
  const page = await world.open(device);
  const [take] = page.session.takes();
  world.server.crash();
  const goingOn = take!.record(new FakeStream('audio', 'video').asMediaStream());
  const refused = expect(goingOn).rejects.toMatchObject({
    code: expect.stringMatching(/wrong_state|offline/),
  });
  await world.wait(take!.stop());
  world.server.restart();
  await world.clock.until(() => take!.getSnapshot().phase === 'done');
  await refused;
  await world.clock.advance(5_000);
  await checkInvariants(world);
});
