import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { indexChunk } from '@fairtake/media';
import { makeTemporaryDirectory, type TemporaryDirectory } from '@fairtake/testing';
import { ROOT } from './harness/places';
import {
  bitsPerSecond,
  bytesOf,
  decodeSegment,
  endsApart,
  lastsSeconds,
  silentSeconds,
  startsApart,
  type DecodedSegment,
} from './recorders/decoded';
import { makeNoisyCamera, makeTone } from './recorders/noisy-camera';
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
  const fragments = [chunk, ...rest].flatMap((each) => {
    if (!each.ok) throw new Error('A piece is no whole fragment');
    return each.fragments;
  });
  return { tracks, fragments };
}

async function decodeAll(recorded: Recorded): Promise<DecodedSegment[]> {
  const segments: DecodedSegment[] = [];
  for (const { segment } of recorded.starts)
    segments.push(await decodeSegment(directory.path, bytesOf(recorded, segment)));
  return segments;
}

/** Every segment decodes without a complaint, sound and picture begin together, and no word is lost or said twice. */
function expectNothingMissing(recorded: Recorded, segments: readonly DecodedSegment[]): void {
  for (const segment of segments) {
    expect(segment.complaints).toBe('');
    expect(startsApart(segment)).toBeLessThan(0.08);
  }
  const heard = segments.reduce((sum, segment) => sum + lastsSeconds(segment, 'audio'), 0);
  const passed = (recorded.stoppedAtMs - recorded.starts[0]!.atMs) / 1_000;
  // The first recorder says that it runs a moment after it began.
  expect(heard).toBeGreaterThan(passed - 0.2);
  // Where the browser's recorder takes over, its slow start on a busy machine is recorded by both.
  const byBoth = recorded.starts.some(({ recorder }) => recorder === 'baseline') ? 2 : 0;
  expect(heard).toBeLessThan(passed + 0.4 + byBoth);
  expect(Math.abs(recorded.recordedMs / 1_000 - heard)).toBeLessThan(0.3);
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
    const result = await easy.page.evaluate(() => recorders.selfTest());
    expect(result).toMatchObject({ ok: true, mimeType: 'video/mp4; codecs="avc1.42E01F,opus"' });
  });

  it('goes on in a new segment when the camera is turned, and when the encoder breaks in mid-answer', async () => {
    const recorded = await easy.page.evaluate((link) => {
      const times = { smallerAtMs: 1_500, breakEncoderAtMs: 3_000, ms: 5_000 };
      return recorders.take({ enhanced: true, startRung: '360p24', links: [link], ...times });
    }, fastLink);
    expect(recorded.starts.map(({ recorder }) => recorder)).toEqual(['enhanced', 'enhanced', 'baseline']);
    expect(recorded.faults).toEqual([]);
    const segments = await decodeAll(recorded);
    // The baseline recorder may keep the camera's own size: `applyConstraints` is only a wish to it.
    expect(segments.slice(0, 2).map(({ width, height }) => `${width}x${height}`)).toEqual([
      '640x360',
      '320x180',
    ]);
    for (const segment of segments) expect(segment.pictures).toBeGreaterThan(10);
    expectNothingMissing(recorded, segments);
  });

  it('follows the link down to sound alone, with nothing missing between the segments', async () => {
    await easy.page.evaluate(() => recorders.openDevices(360));
    // No measure is like the one before: one slow answer of the server must not count for more.
    const kbytes = [30, 30.1, 30.2, 30.3, 30.4, 30.5, 8, 8.1, 8.2, 8.3, 8.4];
    const links = kbytes.map((value) => ({ bytesPerSecond: value * 1_000 }));
    const recorded = await easy.page.evaluate(
      (each) => recorders.take({ enhanced: true, startRung: '360p24', links: each, ms: 13_000 }),
      links,
    );
    expect(recorded.starts.map(({ mimeType }) => mimeType)).toEqual([
      'video/mp4; codecs="avc1.42E01F,opus"',
      'video/mp4; codecs="avc1.42E01F,opus"',
      'audio/mp4; codecs="opus"',
    ]);
    const segments = await decodeAll(recorded);
    expect(segments.map(({ width, height }) => `${width}x${height}`)).toEqual(['640x360', '320x180', '0x0']);
    expectNothingMissing(recorded, segments);
  });
});

describe('with a noisy picture', () => {
  let noisy: RecorderBrowser;

  beforeAll(async () => {
    const videoPath = await makeNoisyCamera(directory.path);
    noisy = await RecorderBrowser.open(server, { videoPath });
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
    const share = targets.map(
      (kbps, step) => bitsPerSecond(decoded, step * 5 + 1, step * 5 + 5) / (kbps * 1_000),
    );
    for (const each of share) expect(Math.abs(each - 1)).toBeLessThan(0.15);
    expect(startsApart(decoded)).toBeLessThan(0.08);
    const { tracks, fragments } = indexed(recorded, 0);
    // The level is the encoder's choice for the size.
    expect(tracks.map(({ codec }) => codec)).toEqual([expect.stringMatching(/^avc1\.42/), 'opus']);
    expect(fragments.every((fragment) => fragment.keyFrame)).toBe(true);
    expect(fragments.length).toBeGreaterThanOrEqual(19);
  });
});

describe('in a busy page, with a tone before the microphone', () => {
  let busy: RecorderBrowser;

  beforeAll(async () => {
    const [videoPath, audioPath] = await Promise.all([
      makeNoisyCamera(directory.path),
      makeTone(directory.path),
    ]);
    busy = await RecorderBrowser.open(server, { videoPath, audioPath });
  });

  beforeEach(() => busy.page.evaluate(() => recorders.openDevices(360, true)));

  afterAll(() => busy?.close());

  /** Sound and picture of each segment end together: nothing was pulled forward. */
  function expectInStep(segments: readonly DecodedSegment[]): void {
    for (const segment of segments) expect(endsApart(segment)).toBeLessThan(0.08);
  }

  it.each([
    { count: 20, ms: 200 },
    { count: 6, ms: 600 },
  ])('loses no sound while the page stands still $count times for $ms ms', async (jams) => {
    const recorded = await busy.page.evaluate(
      ([link, each]) =>
        recorders.take({ enhanced: true, startRung: '360p24', links: [link], ms: 12_000, jams: each }),
      [fastLink, jams] as const,
    );
    expect(recorded.faults).toEqual([]);
    expect(recorded.starts.map(({ recorder }) => recorder)).toEqual(['enhanced']);
    const segments = await decodeAll(recorded);
    expectNothingMissing(recorded, segments);
    expectInStep(segments);
    const heard = lastsSeconds(segments[0]!, 'audio');
    expect(await silentSeconds(directory.path, bytesOf(recorded, 0))).toBeLessThan(heard * 0.02);
  });

  it('hands over to the browser’s recorder when sound is lost all the same, still in step', async () => {
    const recorded = await busy.page.evaluate((link) => {
      const lossy = { jams: { count: 6, ms: 600 }, soundPiecesMax: 10 };
      return recorders.take({ enhanced: true, startRung: '360p24', links: [link], ms: 8_000, ...lossy });
    }, fastLink);
    expect(recorded.faults).toEqual([]);
    expect(recorded.starts.map(({ recorder }) => recorder)).toEqual(['enhanced', 'baseline']);
    const segments = await decodeAll(recorded);
    expectNothingMissing(recorded, segments);
    expectInStep(segments.slice(0, 1));
    expect(await silentSeconds(directory.path, bytesOf(recorded, 0))).toBeGreaterThan(0.2);
    expect(await silentSeconds(directory.path, bytesOf(recorded, 1))).toBeLessThan(0.15);
  });
});
