import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { indexChunk, indexFile, playlistFragments, type Mp4Fragment } from '@fairtake/media';
import { makeClip, recordedPieces, type ClipOptions } from '@fairtake/media/testing';
import { cutOut, inspect, openBench, type Bench } from './media-bench';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(await bench.leftovers()).toEqual([]);
  await bench.close();
});

const recordings: [string, ClipOptions, string][] = [
  ['H.264 and Opus', { seconds: 5, container: 'mp4', videoCodec: 'h264', audioCodec: 'opus' }, 'opus'],
  ['H.264 and AAC', { seconds: 5, container: 'mp4', videoCodec: 'h264', audioCodec: 'aac' }, 'mp4a.40.2'],
  ['audio only', { seconds: 5, container: 'mp4', videoCodec: null, audioCodec: 'opus' }, 'opus'],
  ['video only', { seconds: 5, container: 'mp4', videoCodec: 'h264', audioCodec: null }, 'avc1.42C0'],
];

describe('a recording in fragmented MP4', () => {
  it.each(recordings)('with %s is indexed piece by piece as it arrives', async (_name, options, codec) => {
    const clip = await makeClip(options);
    const [head, ...rest] = recordedPieces(clip, 'mp4');
    const first = indexChunk(head!, { first: true });
    if (!first.ok || !first.init) throw new Error('the init header was refused');
    const { tracks, timescale } = first.init;
    expect(first.init.sizeBytes).toBe(head!.length);
    expect(tracks.map((track) => track.codec).join()).toContain(codec);

    const fragments = rest.flatMap((piece, index) => {
      const chunk = indexChunk(piece, { first: false, tracks });
      if (!chunk.ok) throw new Error(`piece ${index} was refused: ${chunk.reason}`);
      expect(chunk.fragments).toMatchObject([{ offset: 0, sizeBytes: piece.length, keyFrame: true }]);
      return chunk.fragments.map((fragment) => ({ ...fragment, uri: `chunks/${index + 1}` }));
    });
    const entries = playlistFragments(fragments, timescale);
    expect(entries).toHaveLength(3);
    const totalSeconds = entries.reduce((sum, entry) => sum + entry.durationSeconds, 0);
    await bench.withFile(clip, 'mp4', async ({ inputPath }) => {
      const truth = await inspect(inputPath);
      expect(Math.abs(totalSeconds - (options.videoCodec ? truth.videoSeconds : 5))).toBeLessThan(0.05);
      expect(Math.abs(totalSeconds - 5)).toBeLessThan(0.1);
    });
  });

  it('gives the same index from a file as from memory, and each fragment decodes with the init header alone', async () => {
    const clip = await makeClip(recordings[0]![1]);
    await bench.withFile(clip, 'mp4', async ({ inputPath, jobDirectory }) => {
      const index = await indexFile(inputPath);
      expect(index).toEqual(indexChunk(clip, { first: true }));
      if (!index.ok || !index.init) throw new Error('refused');
      for (const [number, fragment] of index.fragments.entries()) {
        const part = join(jobDirectory, `${number}.mp4`);
        await writeFile(part, await cutOut(inputPath, [index.init, fragment]));
        const decoded = await inspect(part);
        expect(decoded.complaints).toBe('');
        expect(decoded.packets.video).toBe(framesOf(fragment));
      }
    });
  });

  it('refuses a file that was cut', async () => {
    const clip = await makeClip(recordings[0]![1]);
    await bench.withFile(clip.subarray(0, clip.length - 100), 'mp4', async ({ inputPath }) => {
      expect(await indexFile(inputPath)).toEqual({ ok: false, reason: 'not_whole_fragments' });
    });
  });

  it('leaves other containers alone', async () => {
    const clip = await makeClip({ seconds: 2, container: 'webm', videoCodec: 'vp8', audioCodec: 'opus' });
    await bench.withFile(clip, 'webm', async ({ inputPath }) => {
      expect(await indexFile(inputPath)).toEqual({ ok: false, reason: 'not_fragmented_mp4' });
    });
    expect(recordedPieces(clip, 'webm').reduce((sum, piece) => sum + piece.length, 0)).toBe(clip.length);
  });
});

/** 30 frames a second, 15360 ticks a second: the clock ffmpeg gives the clips. */
function framesOf(fragment: Mp4Fragment): number {
  return Math.round((fragment.durationTicks / 15_360) * 30);
}
