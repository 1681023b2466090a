import fc from 'fast-check';
import type { Take } from '../../src';
import type { Fault } from '../../src/testing';
import { checkInvariants } from './invariants';
import type { RecorderRun } from './scripted-recorder';
import type { Page, TakeLedger, World } from './world';

/** The commands need no model of their own: the ledger in {@link World} is what they are compared with. */
type Nothing = Record<string, never>;
type Command = fc.AsyncCommand<Nothing, World>;

function command(name: string, run: (world: World) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (_model, world) => {
      await run(world);
      await checkInvariants(world);
    },
    toString: () => name,
  };
}

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

const ownerPage = (world: World, at: number): Page | undefined =>
  pick(
    world.pages.filter((page) => page.isOwner),
    at,
  );

function takeOf(world: World, at: number, phases: readonly string[]): { page: Page; take: Take } | undefined {
  const found = world.pages
    .filter((page) => page.isOwner)
    .flatMap((page) => page.session.takes().map((take) => ({ page, take })))
    .filter(({ take }) => phases.includes(take.getSnapshot().phase));
  return pick(found, at);
}

export async function startTake(world: World, page: Page, question: number): Promise<void> {
  const questionId = `question-${question}`;
  const busy = page.session.takes().some((take) => take.getSnapshot().phase === 'recording');
  if (busy) return;
  const runs: RecorderRun[] = [];
  const take = await page.record(
    (stream) => page.session.startTake({ questionId, stream }),
    (run) => runs.push(run),
  );
  if (!take) return;
  const { takeId } = take;
  world.ledger.set(takeId, {
    ...{ takeId, questionId, device: page.device, runs },
    ...{ durableBytes: 0, onlyInMemory: false, wish: null },
  });
}

async function goOn(world: World, { page, take }: { page: Page; take: Take }): Promise<void> {
  const { runs } = ledgerOf(world, take);
  await page.record(
    (stream) => take.record(stream),
    (run) => runs.push(run),
  );
}

/** The whole recording is kept: what the recorder handed over last is in the journal, too. */
async function stop(world: World, { take }: { take: Take }): Promise<void> {
  const { runs } = ledgerOf(world, take);
  const wasRecording = take.getSnapshot().phase === 'recording';
  const before = take.getSnapshot().bytesProduced;
  const stopped = await world.wait(take.stop());
  const { phase, bytesProduced } = take.getSnapshot();
  if (!stopped || !wasRecording || phase === 'refused' || phase === 'returned') return;
  const blobs = await take.recordedBlobs();
  if (blobs.length === 0 && phase === 'done') return;
  const last = blobs.at(-1)?.size ?? 0;
  // Two presses of **Go on** may start two recorders; only one of them fills the take.
  const isWhole = runs.some((run) => run.sizeBytes === last);
  if (!isWhole || bytesProduced < before)
    throw new Error(`I3 broken: stopped with ${last} bytes of ${runs.map((run) => run.sizeBytes).join()}`);
}

function ledgerOf(world: World, take: Take): TakeLedger {
  return world.ledger.get(take.takeId)!;
}

/** A reload, a crash or a `kill -9` is the same for what it leaves; then the person may come back. */
async function die(world: World, at: number, comesBack: boolean): Promise<void> {
  const page = pick(world.pages, at);
  if (!page) return;
  if (page.isOwner) forgetMemory(world, page);
  await world.kill(page);
  if (comesBack) await world.open(page.device);
}

/** What a page had only in memory goes with it. */
function forgetMemory(world: World, page: Page | undefined): void {
  for (const ledger of world.ledger.values())
    if (ledger.device === page?.device && ledger.onlyInMemory) ledger.durableBytes = 0;
}

const faults: readonly Fault[] = [
  ...(['drop', 'lost_ack', 'stall', 'late', 'duplicate', 'portal', 'portal_403'] as const),
  ...(['error_500', 'gateway_502', 'busy', 'corrupt'] as const),
];
const waiting = ['draining', 'finalising', 'parked', 'done'];

const anyTab = fc.nat(3);
const anyTake = fc.nat(5);
const anyDevice = fc.nat(1);
const anyQuestion = fc.nat(1);
const milliseconds = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/** What the person does. */
const deeds = {
  record: fc.tuple(anyTab, anyQuestion).map(([at, question]) =>
    command(`record question ${question} in tab ${at}`, async (world) => {
      const page = ownerPage(world, at);
      if (page) await startTake(world, page, question);
    }),
  ),
  stop: anyTake.map((at) =>
    command(`stop take ${at}`, async (world) => {
      const found = takeOf(world, at, ['recording', 'interrupted']);
      if (found) await stop(world, found);
    }),
  ),
  goOn: anyTake.map((at) =>
    command(`go on with take ${at}`, async (world) => {
      const found = takeOf(world, at, ['interrupted']);
      if (found) await goOn(world, found);
    }),
  ),
  giveBack: anyTake.map((at) =>
    command(`give take ${at} back`, async (world) => {
      const found = takeOf(world, at, ['recording', 'interrupted']);
      if (!found) return;
      ledgerOf(world, found.take).wish = 'returned';
      await world.wait(found.take.giveBack('device_lost'));
    }),
  ),
  discard: anyTake.map((at) =>
    command(`discard take ${at}`, async (world) => {
      const found = takeOf(world, at, waiting);
      if (!found) return;
      ledgerOf(world, found.take).wish = 'discarded';
      await world.wait(found.take.discard());
    }),
  ),
  use: anyTake.map((at) =>
    command(`use take ${at}`, async (world) => {
      const found = takeOf(world, at, waiting);
      if (!found) return;
      if (found.take.getSnapshot().phase === 'done') world.server.held.keep(found.take.takeId);
      await world.wait(found.take.keep());
    }),
  ),
  openTab: anyDevice.map((at) =>
    command(`open a tab on device ${at}`, async (world) => {
      const device = world.devices[at]!;
      if (world.pages.filter((page) => page.device === device).length < 2) await world.open(device);
    }),
  ),
  goOnInTab: anyTab.map((at) =>
    command(`go on in tab ${at}`, async (world) => {
      const page = pick(world.pages, at);
      if (!page || page.isOwner) return;
      forgetMemory(world, world.ownerOf(page.device));
      await world.wait(page.session.takeOver());
    }),
  ),
  takeOver: anyTake.map((at) =>
    command(`take take ${at} over from another device`, async (world) => {
      takeOf(world, at, ['parked', 'recording'])?.take.takeOver();
      await world.clock.advance(20);
    }),
  ),
};

/** What happens to the person. */
const events = {
  time: milliseconds(50, 9_000).map((ms) => command(`wait ${ms} ms`, (world) => world.clock.advance(ms))),
  unplug: anyTake.map((at) =>
    command(`unplug the camera of take ${at}`, async (world) => {
      const found = takeOf(world, at, ['recording']);
      if (!found) return;
      ledgerOf(world, found.take).runs.at(-1)!.fail({ kind: 'device_ended', device: 'camera', detail: '' });
      await world.clock.advance(20);
    }),
  ),
  reload: anyTab.map((at) => command(`reload tab ${at}`, (world) => die(world, at, true))),
  kill: anyTab.map((at) => command(`kill tab ${at}`, (world) => die(world, at, false))),
  freeze: fc.tuple(anyTab, milliseconds(1_000, 90_000)).map(([at, ms]) =>
    command(`freeze tab ${at} for ${ms} ms`, async (world) => {
      const page = pick(world.pages, at);
      if (!page) return;
      page.clock.freeze();
      await world.clock.advance(ms);
      page.clock.thaw();
      await world.clock.advance(0);
    }),
  ),
  network: anyDevice.map((at) =>
    command(`device ${at} goes offline or online`, async (world) => {
      const device = world.devices[at]!;
      device.isOnline = !device.isOnline;
      device.signals.give(device.isOnline ? 'online' : 'offline');
    }),
  ),
  shown: anyDevice.map((at) =>
    command(`device ${at} is shown`, async (world) => world.devices[at]!.signals.give('visible')),
  ),
  full: anyDevice.map((at) =>
    command(`device ${at} is full`, async (world) => void (world.devices[at]!.isFull = true)),
  ),
  faults: fc
    .array(fc.constantFrom(...faults), { minLength: 1, maxLength: 6 })
    .map((list) =>
      command(`requests meet ${list.join(', ')}`, async (world) => void world.faults.push(...list)),
    ),
  serverCrash: milliseconds(0, 60_000).map((ms) =>
    command(`the server crashes and is back after ${ms} ms`, async (world) => {
      world.server.crash();
      await world.clock.advance(ms);
      world.server.restart();
    }),
  ),
  deadline: fc.constant(
    command('the deadline passes', async (world) => {
      world.server.held.deadlineAtMs = Math.min(world.server.held.deadlineAtMs, world.clock.nowMs());
    }),
  ),
};

const times = (count: number, each: fc.Arbitrary<Command>): fc.Arbitrary<Command>[] =>
  Array.from({ length: count }, () => each);

/** Everything that can happen, in any order; the numbers make whole answers likely. */
export const commands: fc.Arbitrary<Command>[] = [
  ...times(12, events.time),
  ...times(8, deeds.record),
  ...times(8, deeds.stop),
  ...times(6, deeds.goOn),
  ...times(2, deeds.giveBack),
  ...times(1, deeds.discard),
  ...times(4, deeds.use),
  ...times(3, deeds.openTab),
  ...times(3, deeds.goOnInTab),
  ...times(2, deeds.takeOver),
  ...times(2, events.unplug),
  ...times(4, events.reload),
  ...times(2, events.kill),
  ...times(2, events.freeze),
  ...times(4, events.network),
  ...times(2, events.shown),
  ...times(1, events.full),
  ...times(8, events.faults),
  ...times(2, events.serverCrash),
  ...times(1, events.deadline),
];
