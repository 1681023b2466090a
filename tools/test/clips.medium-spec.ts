import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const DEMO = resolve(__dirname, '..', 'demo');
const FFMPEG = process.env.FFMPEG_PATH ?? 'ffmpeg';

/** Runs an expression with the demo's modules in scope and returns its value. */
function evaluate(expression: string) {
  const script = `
    const clips = await import(${JSON.stringify(join(DEMO, 'clips.mjs'))});
    const pieces = await import(${JSON.stringify(join(DEMO, 'recording-pieces.mjs'))});
    const babble = await import(${JSON.stringify(join(DEMO, 'sound', 'babble.mjs'))});
    console.log(JSON.stringify(await (${expression})));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  );
}

/** Loudest sample in dB and number of different pictures in a file. */
function decode(path: string) {
  const sound = execFileSync(FFMPEG, ['-v', 'error', '-i', path, '-f', 's16le', '-ac', '1', '-'], {
    maxBuffer: 2 ** 26,
  });
  let peak = 0;
  for (let at = 0; at + 1 < sound.length; at += 2) peak = Math.max(peak, Math.abs(sound.readInt16LE(at)));
  const frames = execFileSync(FFMPEG, ['-v', 'error', '-i', path, '-an', '-f', 'framemd5', '-'], {
    encoding: 'utf8',
  });
  const hashes = frames
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(',').pop());
  return { peak, frames: hashes.length, different: new Set(hashes).size };
}

describe('the demo clips', () => {
  const directory = mkdtempSync(join(tmpdir(), 'fairtake-clips-'));
  const only = (key: string) =>
    `clips.makeDemoClips({ directory: ${JSON.stringify(directory)}, only: ['${key}'] })`;

  afterAll(() => rmSync(directory, { recursive: true }));

  it.each(['yun-duoduo.plan', 'teddy-larch.outage', 'wren-halloway.plan'])(
    '%s moves and speaks for at most 15 s',
    (key) => {
      const [clip] = evaluate(only(key));
      expect(clip.durationSeconds).toBeLessThanOrEqual(15);
      const { peak, frames, different } = decode(clip.path);
      // VP8 may drop a frame or two when live.
      expect(frames / (clip.durationSeconds * 20)).toBeGreaterThan(0.95);
      expect(different / frames).toBeGreaterThan(0.9);
      expect(peak).toBeGreaterThan(3_000);
    },
  );

  it('finds a clip again instead of making it twice', () => {
    const [first] = evaluate(only('yun-duoduo.plan'));
    const before = readFileSync(first.path);
    const [second] = evaluate(only('yun-duoduo.plan'));
    expect(second).toEqual(first);
    expect(readFileSync(second.path).equals(before)).toBe(true);
  });

  it('cuts an MP4 into its header and whole fragments', () => {
    const types = evaluate(`${only('yun-duoduo.plan')}.then(async ([clip]) => {
      const bytes = (await import('node:fs')).readFileSync(clip.path);
      const cut = pieces.recordingPieces(bytes, clip.mimeType);
      return { types: cut.map((piece) => piece.toString('latin1', 4, 8)), whole: Buffer.concat(cut).equals(bytes) };
    })`);
    expect(types.whole).toBe(true);
    expect(types.types[0]).toBe('ftyp');
    expect(types.types.length).toBeGreaterThan(3);
    expect(new Set(types.types.slice(1))).toEqual(new Set(['moof']));
  });

  it('babbles where no speech program is: audible, with pauses', () => {
    const { peak, silent } = evaluate(`(() => {
      const { samples } = babble.babble({ seconds: 6, pitchHz: 120, seed: 1 });
      return { peak: samples.reduce((most, value) => Math.max(most, value), 0), silent: samples.filter((value) => value === 0).length / samples.length };
    })()`);
    expect(peak).toBeGreaterThan(0.3);
    expect(silent).toBeGreaterThan(0.1);
    expect(silent).toBeLessThan(0.6);
  });
});
