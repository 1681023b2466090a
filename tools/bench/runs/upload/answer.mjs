import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launchProfile, openContext } from './browser.mjs';
import { arrive, inviteCandidate } from './candidate.mjs';
import { openSocksLink } from './socks-link.mjs';
import { MIME_TYPE, prefixSha256 } from './trace.mjs';

/** What a client may need beyond the bound before it counts as failed. */
const PATIENCE_MS = 120_000;
/** The moment of a kill lies between two pieces, so that "handed over" is no matter of milliseconds. */
const BETWEEN_PIECES_MS = 500;
/** After its client died, what the network holds of an upload still arrives. */
const STILL_ARRIVING_MS = 3_000;

/**
 * One recording through one client over one link.
 *
 * @returns {Promise<{ ok: boolean, tailMs: number | null, lostBytes: number, note: string }>} `tailMs` from stop (or
 *   from coming back, where the client was killed) to durable; `lostBytes` of what the recorder had handed over
 */
export async function sendAnswer(world, { cell, client, trace, boundMs }) {
  const link = await openSocksLink();
  const profile = mkdtempSync(join(world.folder, 'profile-'));
  try {
    const opened = await openBrowser(world, cell, link, profile);
    try {
      return await withPage(world, { cell, client, trace, boundMs, link, profile, opened });
    } finally {
      await opened.context.close().catch(() => undefined);
    }
  } catch (error) {
    return { ok: false, tailMs: null, lostBytes: trace.bytes.length, note: firstLine(error) };
  } finally {
    link.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const firstLine = (error) =>
  String(error.message ?? error)
    .split('\n')[0]
    .slice(0, 200);

async function openBrowser(world, cell, link, profile) {
  if (cell.event === 'kill') return launchProfile({ executablePath: world.chromium, profile, link });
  return { context: await openContext(world.browser, link) };
}

async function withPage(world, run) {
  const { cell, client, trace, link, opened } = run;
  const page = await openPage(world, client, opened.context);
  const { questionId, link: invitation } =
    client.server === 'ours' ? await inviteCandidate(world.organisation, trace.seconds) : {};
  const token = invitation?.slice(invitation.indexOf('#') + 1);
  const interviewId = token ? await page.evaluate(arrive, { token, questionId }) : null;
  const task = { ...client, interviewId, questionId, mimeType: MIME_TYPE, s3: world.peers.s3 };
  await page.evaluate((pieces) => globalThis.bench.load(pieces), forPage(trace));
  link.begin(cell.link);
  const recording = page.evaluate((one) => globalThis.bench.record(one), task);
  // A page that is killed rejects it; only the others are waited for.
  recording.catch(() => undefined);
  if (cell.event === 'kill' || cell.event === 'reload') return interrupt(world, { ...run, page, task });
  const limitMs = trace.stopMs + run.boundMs + PATIENCE_MS;
  return verify(world, run, await within(recording, limitMs));
}

async function openPage(world, client, context) {
  const page = await context.newPage();
  const blank = client.server === 'ours' ? '/healthz' : '/blank';
  await page.goto(`http://localhost:${world.portOf(client.server)}${blank}`);
  await page.evaluate(`${world.scripts.get(client.server)}\n;0`);
  return page;
}

const forPage = ({ pieces, stopMs }) => ({
  stopMs,
  pieces: pieces.map(({ atMs, bytes }) => ({ atMs, base64: bytes.toString('base64') })),
});

/** Compares what the server holds with the recording. */
async function verify(world, { client, trace }, { key, segments, tailMs }) {
  const size = trace.bytes.length;
  if (client.server === 'ours') {
    const [segment] = segments;
    const whole = segments.length === 1 && segment.sizeBytes === size && segment.sha256 === trace.sha256;
    return { ok: whole, tailMs, lostBytes: whole ? 0 : size - segment.sizeBytes, note: '' };
  }
  const held = await world.peers.heldAll(client.server, key, size);
  const ok = createHash('sha256').update(held).digest('hex') === trace.sha256;
  return { ok, tailMs, lostBytes: Math.max(0, size - held.length), note: ok ? '' : 'bytes differ' };
}

/** Ends the page at half time, and counts what of the first half the server has when all is done. */
async function interrupt(world, run) {
  const { cell, client, trace, page, opened } = run;
  const half = Math.floor(trace.stopMs / 2_000) * 1_000 + BETWEEN_PIECES_MS;
  await wait(half);
  const handedBytes = await page.evaluate(() => globalThis.bench.handed());
  const key = client.server === 'ours' ? null : await page.evaluate(() => globalThis.bench.key());
  const cookies = await opened.context.cookies();
  if (cell.event === 'kill') opened.kill();
  else await page.goto('about:blank');
  if (client.server !== 'ours') {
    // The recorder died with the page, and neither of them keeps a copy of what was not sent.
    await wait(STILL_ARRIVING_MS + run.cell.link.roundTripMs);
    const held = await world.peers.held(client.server, key);
    const lostBytes = Math.max(0, handedBytes - held.length);
    return { ok: lostBytes === 0, tailMs: null, lostBytes, note: 'keeps nothing on the device' };
  }
  return comeBack(world, { ...run, cookies, handedBytes });
}

async function comeBack(
  world,
  { cell, client, trace, link, profile, opened, cookies, handedBytes, boundMs, task },
) {
  let { context } = opened;
  if (cell.event === 'kill') {
    await context.close().catch(() => undefined);
    ({ context } = await launchProfile({ executablePath: world.chromium, profile, link }));
    // The browser had not written them yet; the person opens the link of the invitation again.
    await context.addCookies(cookies);
    opened.context = context;
  }
  const page = await openPage(world, client, context);
  const resumed = page.evaluate((one) => globalThis.bench.resume(one), { interviewId: task.interviewId });
  const { segments, tailMs } = await within(resumed, boundMs + PATIENCE_MS);
  const [segment] = segments;
  const same = segments.length === 1 && segment.sha256 === prefixSha256(trace, segment.sizeBytes);
  const lostBytes = same ? Math.max(0, handedBytes - segment.sizeBytes) : handedBytes;
  return { ok: same && lostBytes === 0, tailMs, lostBytes, note: same ? '' : 'bytes differ' };
}

function within(promise, limitMs) {
  const late = new AbortController();
  const limit = wait(limitMs, null, { signal: late.signal }).then(() => {
    throw new Error(`not done after ${Math.round(limitMs / 1000)} s`);
  });
  limit.catch(() => undefined);
  return Promise.race([promise, limit]).finally(() => late.abort());
}
