import fc from 'fast-check';
import { IDBKeyRange } from 'fake-indexeddb';
import { commands, startTake } from './survival/commands';
import { heal } from './survival/heal';
import { World } from './survival/world';

// The store names it as a browser global.
globalThis.IDBKeyRange = IDBKeyRange;

/** `CAPTURE_RUNS=20000 npm test -- medium libs/capture` looks longer. */
const numRuns = Number(process.env.CAPTURE_RUNS ?? 300);
const path = process.env.CAPTURE_PATH;
const seed = process.env.CAPTURE_SEED;

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
  numRuns * 1_000,
);
