import { checkInvariants } from './invariants';
import type { Page, TakeLedger, World } from './world';

/** The longest pause between two tries is half a minute, and a take may be told to wait for several reasons. */
const healsWithinMs = 15 * 60_000;

/** Refusals a person can be told, and what must have happened for them. */
const reasons: Record<string, (world: World, ledger: TakeLedger) => boolean> = {
  no_media: (_world, { durableBytes }) => durableBytes === 0,
  interview_over: ({ server, clock }) => server.held.deadlineAtMs <= clock.nowMs(),
  // Too short: the server took it back when it was finalised, and the reply was lost.
  returned: ({ server }, { takeId }) => server.takes.get(takeId)?.state === 'returned',
  // Another take of the question was chosen.
  discarded: ({ server }, { takeId }) => server.takes.get(takeId)?.state === 'discarded',
  device_lost_bytes: (_world, { onlyInMemory }) => onlyInMemory,
  chunk_differs: (_world, { onlyInMemory }) => onlyInMemory,
  manifest_differs: (_world, { onlyInMemory }) => onlyInMemory,
};

/** Everything works again and the person sits in front of one tab of each device: every take must come to an end. */
export async function heal(world: World): Promise<void> {
  world.faults = [];
  world.server.restart();
  for (const device of world.devices) {
    device.isFull = false;
    device.isOnline = true;
    device.signals.give('online');
  }
  for (const device of world.devices) await healDevice(world, await onlyTab(world, device));
  await checkInvariants(world);
  for (const ledger of world.ledger.values()) expectEnded(world, ledger);
}

async function onlyTab(world: World, device: World['devices'][number]): Promise<Page> {
  const [page, ...others] = world.pages.filter((each) => each.device === device);
  for (const other of others) await world.kill(other);
  const only = page ?? (await world.open(device));
  await world.clock.advance(1_000);
  if (!only.isOwner) await world.wait(only.session.takeOver());
  return only;
}

async function healDevice(world: World, page: Page): Promise<void> {
  for (let waitedMs = 0; waitedMs < healsWithinMs; waitedMs += 5_000) {
    for (const take of page.session.takes()) {
      const { phase, error } = take.getSnapshot();
      if (phase === 'recording' || phase === 'interrupted') await world.wait(take.stop());
      if (error === 'take_elsewhere' || error === 'lease_lost') take.takeOver();
    }
    await world.clock.advance(5_000);
    if (page.session.takes().every((take) => isEnd(take.getSnapshot().phase))) return;
  }
  const stuck = page.session
    .takes()
    .map((take) => take.getSnapshot())
    .filter(({ phase }) => !isEnd(phase))
    .map(({ takeId, phase, error }) => `${takeId} ${phase} ${error}`);
  throw new Error(`Never ended: ${stuck.join()}`);
}

const isEnd = (phase: string): boolean => ['done', 'returned', 'refused'].includes(phase);

function expectEnded(world: World, ledger: TakeLedger): void {
  const { takeId, device, wish } = ledger;
  const held = world.server.takes.get(takeId);
  const snapshot = world.ownerOf(device)?.session.resumeTake(takeId)?.getSnapshot();
  if (snapshot?.phase === 'refused') {
    const reason = snapshot.error ?? '';
    if (reasons[reason]?.(world, ledger) !== true)
      throw new Error(`${takeId} was refused for ${reason || 'no reason at all'}`);
    return;
  }
  if (snapshot?.phase === 'done' || wish !== null) return;
  if (ledger.durableBytes > 0 && (held === undefined || held.state === 'open'))
    throw new Error(`${takeId} is gone from the device and open on the server`);
}
