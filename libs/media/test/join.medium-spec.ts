import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, joinParts, probe, withJobDirectory, type JoinPart } from '@fairtake/media';
import { makeClip, type ClipOptions } from '@fairtake/media/testing';
import { inspect, openBench, type Bench } from './media-bench';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(await bench.leftovers()).toEqual([]);
  await bench.close();
});

const vp8: ClipOptions = { seconds: 3, container: 'webm', videoCodec: 'vp8', audioCodec: 'opus' };

async function partsOf(jobDirectory: string, clips: ClipOptions[]): Promise<JoinPart[]> {
  const parts: JoinPart[] = [];
  for (const [index, clip] of clips.entries()) {
    const inputPath = join(jobDirectory, `part-${index}`);
    await writeFile(inputPath, await makeClip(clip));
    const { container } = clip;
    parts.push({
      inputPath,
      container,
      source: await probe(bench.tools, { inputPath, container, jobDirectory }),
    });
  }
  return parts;
}

describe('joinParts', () => {
  it.each<[string, ClipOptions[], string[]]>([
    ['two recordings', [vp8, { ...vp8, seconds: 2 }], ['h264', 'aac']],
    ['sizes that differ', [vp8, { ...vp8, seconds: 2, width: 180, height: 320 }], ['h264', 'aac']],
    [
      'containers that differ',
      [vp8, { seconds: 2, container: 'mp4', videoCodec: 'h264', audioCodec: 'aac' }],
      ['h264', 'aac'],
    ],
    ['a part without sound', [vp8, { ...vp8, seconds: 2, audioCodec: null }], ['h264', 'aac']],
    ['a part without pictures', [{ ...vp8, seconds: 2, videoCodec: null }, vp8], ['h264', 'aac']],
    [
      'sound only',
      [
        { ...vp8, videoCodec: null },
        { ...vp8, seconds: 2, videoCodec: null },
      ],
      ['aac'],
    ],
  ])('loses nothing of %s', async (_name, clips, codecs) => {
    await withJobDirectory(bench.root, async (jobDirectory) => {
      const parts = await partsOf(jobDirectory, clips);
      const outputPath = join(jobDirectory, 'joined.mp4');
      const { renditions } = await joinParts(bench.tools, { parts, outputPath, jobDirectory });
      expect(Math.abs(renditions[0]!.durationSeconds - 5)).toBeLessThan(0.2);
      const pictures = clips.reduce((sum, clip) => sum + (clip.videoCodec ? clip.seconds * 30 : 0), 0);
      expect(renditions[0]!.frames).toBeGreaterThanOrEqual(pictures);
      const seen = await inspect(outputPath);
      expect(seen.codecs.sort()).toEqual([...codecs].sort());
      const joined = { inputPath: outputPath, container: 'mp4', jobDirectory, durationSeconds: 5 } as const;
      expect(await decode(bench.tools, joined)).toEqual({ clean: true, stderrTail: '' });
    });
  });
});

describe('decode', () => {
  it('has nothing to say about a whole recording, and tells damage', async () => {
    const bytes = await makeClip(vp8);
    const reportOf = (content: Buffer) =>
      bench.withFile(content, 'webm', (file) => decode(bench.tools, { ...file, durationSeconds: 3 }));
    expect(await reportOf(bytes)).toEqual({ clean: true, stderrTail: '' });
    const damaged = Buffer.from(bytes);
    damaged.fill(0xff, 40_000, 44_000);
    expect(await reportOf(damaged)).toMatchObject({ clean: false });
  });
});
