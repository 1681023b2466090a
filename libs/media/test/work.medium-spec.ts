import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkFfmpeg,
  codecsOf,
  playsUnchanged,
  poster,
  probe,
  remux,
  transcode,
  type Container,
} from '@fairtake/media';
import { makeClip, type ClipOptions } from '@fairtake/media/testing';
import { cutOut, inspect, openBench, type Bench } from './media-bench';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(await bench.leftovers()).toEqual([]);
  await bench.close();
});

const vp8: ClipOptions = { seconds: 5, container: 'webm', videoCodec: 'vp8', audioCodec: 'opus' };
const h264: ClipOptions = { seconds: 5, container: 'mp4', videoCodec: 'h264', audioCodec: 'opus' };
const webmSound: ClipOptions = { seconds: 5, container: 'webm', videoCodec: null, audioCodec: 'opus' };
const mp4Sound: ClipOptions = { seconds: 5, container: 'mp4', videoCodec: null, audioCodec: 'aac' };
const all: [string, ClipOptions][] = [
  ['VP8 WebM', vp8],
  ['H.264 MP4', h264],
  ['audio-only WebM', webmSound],
  ['audio-only MP4', mp4Sound],
];

async function withClip<T>(
  options: ClipOptions,
  work: (file: { inputPath: string; container: Container; jobDirectory: string }) => Promise<T>,
): Promise<T> {
  return bench.withFile(await makeClip(options), options.container, work);
}

describe('checkFfmpeg', () => {
  it('accepts the ffmpeg of this machine', async () => {
    expect(await checkFfmpeg(bench.tools)).toMatchObject({ ok: true });
  });
});

describe('probe', () => {
  it.each(all)('finds the true duration and frames of %s without a duration', async (_name, options) => {
    await withClip(options, async (file) => {
      const summary = await probe(bench.tools, file);
      expect(Math.abs(summary.durationSeconds - 5)).toBeLessThan(0.1);
      expect(summary.frames).toBe(options.videoCodec ? 150 : 0);
      expect(summary.video).toEqual(
        options.videoCodec ? { codec: options.videoCodec, width: 320, height: 180 } : undefined,
      );
      expect(summary.audio).toEqual({ codec: options.audioCodec });
    });
  });

  it('refuses what lasts too long', async () => {
    await withClip(webmSound, async (file) => {
      await expect(probe(bench.tools, { ...file, maxDurationSeconds: 3 })).rejects.toMatchObject({
        reason: 'too_large',
      });
    });
  });
});

describe('remux', () => {
  it.each(all)('gives %s a duration and an index, losing nothing', async (_name, options) => {
    await withClip(options, async (file) => {
      const { durationSeconds } = await probe(bench.tools, file);
      const outputPath = join(file.jobDirectory, 'progressive');
      const { sizeBytes } = await remux(bench.tools, { ...file, durationSeconds, outputPath });
      const [before, after] = [await inspect(file.inputPath), await inspect(outputPath)];
      expect(after.formatSeconds).toBeGreaterThan(4.9);
      expect(after.packets.video).toBe(before.packets.video);
      // An MP4's edit list marks one packet as the codec's run-in; a copy leaves it out.
      expect(before.packets.audio - after.packets.audio).toBeLessThanOrEqual(
        options.container === 'mp4' ? 1 : 0,
      );
      expect(after.complaints).toBe('');
      const bytes = await readFile(outputPath);
      expect(bytes.length).toBe(sizeBytes);
      // Index in front of the media: Cues (1c53bb6b) before the first Cluster (1f43b675), moov before mdat.
      const [index, media] =
        options.container === 'webm'
          ? [Buffer.from('1c53bb6b', 'hex'), Buffer.from('1f43b675', 'hex')]
          : [Buffer.from('moov'), Buffer.from('mdat')];
      // The first mention of Cues is SeekHead's pointer to them; the element itself is the last.
      const indexAt = bytes.subarray(0, bytes.indexOf(media)).lastIndexOf(index);
      expect(indexAt).toBeGreaterThan(0);
    });
  });
});

describe('transcode', () => {
  it.each(all)('makes renditions of %s that decode whole from their index', async (_name, options) => {
    await withClip({ ...options, width: 426, height: 240 }, async (file) => {
      const source = await probe(bench.tools, file);
      const seen: number[] = [];
      const { renditions, stderrTail } = await transcode(bench.tools, {
        ...file,
        source,
        renditions: [
          { outputPath: join(file.jobDirectory, 'high.mp4'), video: 'encode' },
          {
            ...{ outputPath: join(file.jobDirectory, 'low.mp4'), video: 'encode', preset: 'superfast' },
            ...{ maxHeight: 120, maxFps: 24 },
          },
        ],
        onProgress: (percent) => seen.push(percent),
      });
      expect(stderrTail).toBe('');
      expect(seen.at(-1)).toBe(100);
      const heights = [];
      for (const rendition of renditions) {
        const { init, fragments, outputPath } = rendition;
        expect(playsUnchanged(init.tracks)).toBe(true);
        expect(codecsOf(init.tracks)).toMatch(
          options.videoCodec ? /^avc1\..*,mp4a\.40\.2$/ : /^mp4a\.40\.2$/,
        );
        expect(Math.abs(rendition.durationSeconds - source.durationSeconds)).toBeLessThan(0.1);
        expect(fragments.every((fragment) => fragment.keyFrame)).toBe(true);
        expect(fragments.length).toBe(3);
        const glued = join(file.jobDirectory, 'glued.mp4');
        await writeFile(glued, await cutOut(outputPath, [init, ...fragments]));
        const decoded = await inspect(glued);
        expect(decoded.complaints).toBe('');
        expect(decoded.packets.audio).toBeGreaterThan(230);
        expect(rendition.frames).toBe(decoded.packets.video);
        heights.push([init.tracks[0]!.width, init.tracks[0]!.height, decoded.packets.video]);
        expect(rendition.bandwidth).toBeGreaterThan(((rendition.sizeBytes * 8) / 5.2) * 0.9);
      }
      if (options.videoCodec) {
        expect(heights).toEqual([
          [426, 240, 150],
          [212, 120, 120],
        ]);
      }
    });
  });

  it('keeps the pictures of an H.264 recording when only its sound is not playable everywhere', async () => {
    await withClip(h264, async (file) => {
      const source = await probe(bench.tools, file);
      const outputPath = join(file.jobDirectory, 'aac.mp4');
      const { renditions } = await transcode(bench.tools, {
        ...{ ...file, source, renditions: [{ outputPath, video: 'copy' }] },
      });
      expect(codecsOf(renditions[0]!.init.tracks)).toMatch(/^avc1\.42C0..,mp4a\.40\.2$/);
      expect(await inspect(outputPath)).toMatchObject({ complaints: '', packets: { video: 150 } });
    });
  });
});

describe('poster', () => {
  it.each([vp8, h264])('writes a JPEG at most 640 pixels wide', async (options) => {
    await withClip({ ...options, seconds: 1, width: 1280, height: 720 }, async (file) => {
      const { durationSeconds, video } = await probe(bench.tools, file);
      const outputPath = join(file.jobDirectory, 'poster.jpg');
      const made = await poster(bench.tools, { ...file, durationSeconds, video, outputPath });
      expect(made).toMatchObject({ width: 640, height: 360 });
      const bytes = await readFile(outputPath);
      expect(bytes.length).toBe(made!.sizeBytes);
      expect(bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    });
  });

  it('is null for audio only', async () => {
    await withClip(webmSound, async (file) => {
      const { durationSeconds, video } = await probe(bench.tools, file);
      const outputPath = join(file.jobDirectory, 'poster.jpg');
      expect(await poster(bench.tools, { ...file, durationSeconds, video, outputPath })).toBeNull();
      expect(await readdir(file.jobDirectory)).toEqual(['input.webm']);
    });
  });
});
