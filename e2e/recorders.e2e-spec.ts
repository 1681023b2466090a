import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { indexChunk } from '@fairtake/media';
import { makeTemporaryDirectory, type TemporaryDirectory } from '@fairtake/testing';
import { ROOT } from './harness/places';
import { bitsPerSecond, bytesOf, decodeSegment, lastsSeconds } from './recorders/decoded';
import { makeNoisyCamera } from './recorders/noisy-camera';
import type { Recorded, Recorders } from './recorders/page';
import { PageServer } from './recorders/page-server';
import { RecorderBrowser } from './recorders/recorder-browser';

/** In the page. */
declare const recorders: Recorders;

const fastLink = { bytesPerSecond: 2_000_000 };

let directory: TemporaryDirectory;
let server: PageServer;

beforeAll(async () => {
  [directory, server] = await Promise.all([
    makeTemporaryDirectory({ name: 'recorders' }),
    PageServer.start(),
  ]);
});

afterAll(async () => {
  await server?.stop();
  await directory?.remove();
});

/** The server's own reading of every piece: whole fragments, each beginning at a key frame. */
function indexed({ pieces, starts }: Recorded, segment: number) {
  const own = pieces
    .filter((piece) => piece.segment === segment)
    .map(({ base64 }) => Buffer.from(base64, 'base64'));
  expect(starts.some((start) => start.segment === segment)).toBe(true);
  // The first chunk on the server holds the header and what follows it.
  const [header, first, ...others] = own;
  const chunk = indexChunk(Buffer.concat([header!, first!]), { first: true });
  if (!chunk.ok || !chunk.init) throw new Error('The first piece has no header');
  const { tracks } = chunk.init;
  const rest = others.map((bytes) => indexChunk(bytes, { first: false, tracks }));
  const fragments = [chunk, ...rest].flatMap((each) => (each.ok ? each.fragments : [null]));
  return { tracks, fragments };
}

describe('with an easy picture', () => {
  let easy: RecorderBrowser;

  beforeAll(async () => {
    const parameters = ['tools/demo/clips-cli.mjs', '--fake-camera', directory.path, '--seconds', '6'];
    const { stdout } = await promisify(execFile)(process.execPath, parameters, { cwd: ROOT });
    easy = await RecorderBrowser.open(server, JSON.parse(stdout) as { videoPath: string; audioPath: string });
    await easy.page.evaluate(() => recorders.openDevices(360));
  });

  afterAll(() => easy?.close());

  it('passes its self-test', async () => {
    expect(await easy.page.evaluate(() => recorders.selfTest())).toMatchObject({
      ok: true,
      mimeType: 'video/mp4; codecs="avc1.42E01F,opus"',
    });
  });

  it('loses no word and no picture where the encoder breaks in mid-answer', async () => {
    const recorded = await easy.page.evaluate(
      (link) =>
        recorders.take({
          enhanced: true,
          startRung: '360p24',
          links: [link],
          ms: 5_000,
          breakEncoderAtMs: 2_500,
        }),
      fastLink,
    );
    expect(recorded.starts.map(({ recorder }) => recorder)).toEqual(['enhanced', 'baseline']);
    expect(recorded.faults).toEqual([]);
    const segments = [
      await decodeSegment(directory.path, bytesOf(recorded, 0)),
      await decodeSegment(directory.path, bytesOf(recorded, 1)),
    ];
    for (const { complaints, pictures } of segments) {
      expect(complaints).toBe('');
      expect(pictures).toBeGreaterThan(30);
    }
    const heard = segments.reduce((sum, segment) => sum + lastsSeconds(segment, 'audio'), 0);
    console.log(heard, recorded.recordedMs);
    expect(Math.abs(recorded.recordedMs / 1_000 - heard)).toBeLessThan(0.2);
  });

  it('follows the link down to sound alone: new sizes in new segments, nothing missing between them', async () => {
    const links = [2_000_000, 2_000_000, 30_000, 30_001, 30_002, 30_003, 30_004, 8_000, 8_001, 8_002].map(
      (bytesPerSecond) => ({ bytesPerSecond }),
    );
    const recorded = await easy.page.evaluate(
      (each) => recorders.take({ enhanced: true, startRung: '360p24', links: each, ms: 14_000 }),
      links,
    );
    console.log(recorded.starts);
    const { recordedMs } = recorded;
    let heard = 0;
    for (const { segment } of recorded.starts) {
      const decoded = await decodeSegment(directory.path, bytesOf(recorded, segment));
      console.log(
        segment,
        decoded.width,
        decoded.height,
        decoded.pictures,
        lastsSeconds(decoded, 'video'),
        lastsSeconds(decoded, 'audio'),
        decoded.packets.filter((p) => p.kind === 'video')[0]?.atSeconds,
        decoded.packets.filter((p) => p.kind === 'audio')[0]?.atSeconds,
      );
      heard += lastsSeconds(decoded, 'audio');
    }
    console.log(heard, recordedMs);
  });
});

describe('with a noisy picture', () => {
  let noisy: RecorderBrowser;

  beforeAll(async () => {
    noisy = await RecorderBrowser.open(server, { videoPath: await makeNoisyCamera(directory.path) });
    await noisy.page.evaluate(() => recorders.openDevices(360));
  });

  afterAll(() => noisy?.close());

  it('changes its bitrate inside a segment and stays within 15 % of it, in whole fragments', async () => {
    const targets = [1_200, 300, 150, 800];
    const steps = targets.map((kbps) => ({ bitsPerSecond: kbps * 1_000, ms: 5_000 }));
    const recorded = await noisy.page.evaluate((each) => recorders.bitrates('360p24', each), steps);
    expect(recorded.faults).toEqual([]);
    const decoded = await decodeSegment(directory.path, bytesOf(recorded, 0));
    expect(decoded.complaints).toBe('');
    const obeyed = targets.map(
      (kbps, step) => bitsPerSecond(decoded, step * 5 + 1, step * 5 + 5) / (kbps * 1_000),
    );
    console.log(obeyed, recorded.stopMs, decoded.pictures);
    for (const share of obeyed) expect(Math.abs(share - 1)).toBeLessThan(0.15);
    const { tracks, fragments } = indexed(recorded, 0);
    expect(tracks.map(({ codec }) => codec)).toEqual(['avc1.42E01F', 'opus']);
    expect(fragments.every((fragment) => fragment?.keyFrame)).toBe(true);
    expect(fragments.length).toBeGreaterThanOrEqual(19);
  });
});
