import type { HeldTake } from '../../src/testing';
import type { RecorderRun } from './scripted-recorder';
import type { Page, TakeLedger, World } from './world';

/** What must hold after every step, whatever happened. Throws an error that names the promise that was broken. */
export async function checkInvariants(world: World): Promise<void> {
  checkOneWriter(world);
  for (const [takeId, held] of world.server.takes) checkServerTake(world, takeId, held);
  for (const page of world.pages) if (page.isOwner) await checkPage(world, page);
}

function broken(promise: string, detail: string): never {
  throw new Error(`${promise} broken: ${detail}`);
}

/** I11, and I2 seen from the client: the same place never gets other bytes. */
function checkOneWriter(world: World): void {
  for (const device of world.devices) {
    const owners = world.pages.filter((page) => page.device === device && page.isOwner);
    if (owners.length > 1) broken('I11 one writer', `${owners.length} tabs of one browser own the interview`);
  }
  if (world.strayRequests.length > 0)
    broken('I11 one writer', `a tab that does not own the interview sent ${world.strayRequests.join()}`);
  const conflicts = world.server.held.conflicts.filter(
    (place) => !world.ledger.get(place.split('/')[0]!)?.onlyInMemory,
  );
  if (conflicts.length > 0) broken('I2 idempotent', `other bytes were sent for ${conflicts.join()}`);
}

/** I1 and I3: what the server holds is what a recorder made, and a finalised take has all of it. */
function checkServerTake(world: World, takeId: string, held: HeldTake): void {
  const ledger = world.ledger.get(takeId);
  if (!ledger) broken('I3 no silent gap', `the server holds ${takeId}, which nobody recorded`);
  for (const place of world.acknowledged) {
    const [id, segment, index, sha256] = place.split('/');
    if (id !== takeId) continue;
    if (held.segments[Number(segment)]?.chunks.get(Number(index))?.sha256 !== sha256)
      broken('I1 durable acknowledgement', `${place} is gone`);
  }
  if (held.verdict === null) return;
  const segments = held.segments.map((_, segment) => world.server.assembled(takeId, segment));
  const sizeBytes = segments.reduce((sum, bytes) => sum + bytes.byteLength, 0);
  expectRecorded('I3 no silent gap', ledger, segments);
  if (sizeBytes < ledger.durableBytes)
    broken('I3 no silent gap', `${takeId} was closed with ${sizeBytes} of ${ledger.durableBytes} bytes`);
}

/** Each segment is the beginning of one recorder's output, and the recorders come in order. */
function expectRecorded(promise: string, ledger: TakeLedger, segments: readonly Uint8Array[]): void {
  let from = 0;
  for (const [segment, bytes] of segments.entries()) {
    const at = ledger.runs.findIndex((run, index) => index >= from && isBeginningOf(run, bytes));
    if (at < 0) broken(promise, `segment ${segment} of ${ledger.takeId} is no recorder's output`);
    from = at + 1;
  }
}

function isBeginningOf(run: RecorderRun, bytes: Uint8Array): boolean {
  let at = 0;
  for (const piece of run.pieces) {
    if (at === bytes.byteLength) break;
    const part = bytes.subarray(at, at + piece.byteLength);
    if (Buffer.compare(part, piece.subarray(0, part.byteLength)) !== 0) return false;
    at += part.byteLength;
  }
  return at === bytes.byteLength;
}

/** I9: nothing is called received that is not, and nothing leaves the device before it is. */
async function checkPage(world: World, page: Page): Promise<void> {
  const { memoryOnly, takes } = page.session.getSnapshot();
  for (const snapshot of takes) {
    const { takeId, phase, saved, bytesAcknowledged, bytesProduced } = snapshot;
    const held = world.server.takes.get(takeId);
    const ledger = world.ledger.get(takeId);
    if (!ledger) broken('I9 saved means saved', `${takeId} is shown and nobody recorded it`);
    const heldBytes = held ? sizeOf(held) : 0;
    if (bytesAcknowledged > heldBytes)
      broken('I9 saved means saved', `${takeId} claims ${bytesAcknowledged} of ${heldBytes} bytes held`);
    if ((saved === 'received' || phase === 'done') && held?.verdict == null)
      broken('I9 saved means saved', `${takeId} is called received and is not`);
    if (phase === 'done' || phase === 'returned') continue;
    if (bytesProduced < ledger.durableBytes)
      broken('I9 saved means saved', `${takeId} shrank from ${ledger.durableBytes} to ${bytesProduced}`);
    if (memoryOnly) ledger.onlyInMemory = true;
    else ledger.durableBytes = bytesProduced;
    // What is still being recorded is looked at when it has ended: reading all of it each time is slow.
    if (phase !== 'recording') await checkLocalCopy(page, ledger, bytesProduced);
  }
  for (const ledger of world.ledger.values()) {
    if (ledger.device !== page.device || ledger.durableBytes === 0 || ledger.wish !== null) continue;
    if (!isSettled(world, ledger) && page.session.resumeTake(ledger.takeId) === null)
      broken('I9 saved means saved', `${ledger.takeId} left the device before the server had it`);
  }
}

async function checkLocalCopy(page: Page, ledger: TakeLedger, bytesProduced: number): Promise<void> {
  const take = page.session.resumeTake(ledger.takeId);
  if (!take || take.getSnapshot().error === 'device_lost_bytes') return;
  const blobs = await take.recordedBlobs();
  const segments = await Promise.all(blobs.map(async (blob) => new Uint8Array(await blob.arrayBuffer())));
  const sizeBytes = segments.reduce((sum, bytes) => sum + bytes.byteLength, 0);
  const { phase } = take.getSnapshot();
  if (phase === 'done' || phase === 'returned' || phase === 'discarded') return;
  if (sizeBytes < bytesProduced)
    broken(
      'I9 saved means saved',
      `${ledger.takeId} has ${sizeBytes} of ${bytesProduced} bytes on the device`,
    );
  expectRecorded('I9 saved means saved', ledger, segments);
}

const sizeOf = (held: HeldTake): number =>
  held.segments.reduce(
    (sum, { chunks }) =>
      sum + [...chunks.values()].reduce((bytes, chunk) => bytes + chunk.bytes.byteLength, 0),
    0,
  );

function isSettled(world: World, { takeId }: TakeLedger): boolean {
  const held = world.server.takes.get(takeId);
  return held !== undefined && held.state !== 'open';
}
