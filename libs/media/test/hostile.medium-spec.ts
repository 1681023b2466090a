import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  locateFfmpeg,
  MediaRejected,
  poster,
  probe,
  remux,
  transcode,
  type Container,
  type FfmpegTools,
} from '@fairtake/media';
import { box, makeClip, words, type ClipOptions } from '@fairtake/media/testing';
import { openBench, type Bench } from './media-bench';

let bench: Bench;
let listener: Server;
let connections = 0;
let address = '';
const canary = 'canary-of-another-candidate';
let canaryPath = '';

beforeAll(async () => {
  bench = await openBench();
  canaryPath = join(bench.root, 'secret.txt');
  await writeFile(canaryPath, canary);
  listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/x.ts`;
});
afterAll(async () => {
  expect(await bench.leftovers()).toEqual(['secret.txt']);
  expect(connections).toBe(0);
  listener.close();
  await bench.close();
});

type File = { inputPath: string; container: Container; jobDirectory: string };
const media = { durationSeconds: 1, frames: 30, video: { codec: 'vp8', width: 320, height: 180 } };

/** Every function that touches a file from outside. */
const functions: [string, (tools: FfmpegTools, file: File) => Promise<unknown>][] = [
  ['probe', (tools, file) => probe(tools, file)],
  ['remux', (tools, file) => remux(tools, { ...file, ...media, outputPath: join(file.jobDirectory, 'out') })],
  [
    'poster',
    (tools, file) => poster(tools, { ...file, ...media, outputPath: join(file.jobDirectory, 'out') }),
  ],
  [
    'transcode',
    (tools, file) =>
      transcode(tools, {
        ...{ ...file, source: media },
        renditions: [{ outputPath: join(file.jobDirectory, 'out'), video: 'encode' }],
      }),
  ],
];

/** Texts that make ffmpeg open other files or addresses when it may guess what they are. */
const disguises: [string, () => string | Buffer][] = [
  ['an HLS playlist of an address', () => `#EXTM3U\n#EXTINF:1,\n${address}\n#EXT-X-ENDLIST\n`],
  ['an HLS playlist of a file', () => `#EXTM3U\n#EXTINF:1,\nfile://${canaryPath}\n#EXT-X-ENDLIST\n`],
  ['an HLS playlist of concat:', () => `#EXTM3U\n#EXTINF:1,\nconcat:${address}|file://${canaryPath}\n`],
  ['ffconcat', () => `ffconcat version 1.0\nfile ${canaryPath}\n`],
  ['a DASH manifest', () => `<?xml version="1.0"?><MPD><BaseURL>${address}</BaseURL></MPD>`],
  ['SDP', () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n'],
  ['a page', () => '<!doctype html><script>alert(1)</script>'],
  ['AVI', () => Buffer.concat([Buffer.from('RIFF\0\0\0\0AVI '), Buffer.alloc(100)])],
  ['a program', () => Buffer.from('\x7fELF\x02\x01\x01')],
  ['one byte', () => 'x'],
];

describe.each(functions)('%s', (_name, call) => {
  it.each(['webm', 'mp4'] as const)(
    'starts no process for anything named .%s that is none',
    async (container) => {
      for (const [, text] of disguises) {
        await bench.withFile(Buffer.from(text()), container, async (file) => {
          const stub = join(file.jobDirectory, 'stub');
          await writeFile(stub, `#!/bin/sh\necho started > started\n`);
          await chmod(stub, 0o755);
          const stubbed = { ...bench.tools, ffmpegPath: stub, ffprobePath: stub };
          await expect(call(stubbed, file)).rejects.toMatchObject({ reason: 'unknown_container' });
          expect((await readdir(file.jobDirectory)).sort()).toEqual([`input.${container}`, 'stub']);
        });
      }
    },
  );

  it('refuses nothing, and the wrong one of the two containers', async () => {
    await bench.withFile(Buffer.alloc(0), 'webm', async (file) => {
      await expect(call(bench.tools, file)).rejects.toMatchObject({ reason: 'empty' });
    });
    await bench.withFile(box('ftyp', words(0)), 'webm', async (file) => {
      await expect(call(bench.tools, file)).rejects.toMatchObject({ reason: 'container_mismatch' });
    });
  });

  it('opens nothing else for a playlist behind the first bytes of a recording', async () => {
    const ebml = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex');
    for (const [container, head] of [
      ['webm', ebml],
      ['mp4', box('ftyp', Buffer.from('isom'), words(0))],
    ] as const) {
      for (const [, text] of disguises) {
        const bytes = Buffer.concat([head, Buffer.from('\n'), Buffer.from(text())]);
        await bench.withFile(bytes, container, async (file) => {
          await expect(call(bench.tools, file)).rejects.toBeInstanceOf(MediaRejected);
          const out = await readFile(join(file.jobDirectory, 'out'), 'latin1').catch(() => '');
          expect(out).not.toContain(canary);
        });
      }
    }
  });
});

const vp8: ClipOptions = { seconds: 1, container: 'webm', videoCodec: 'vp8', audioCodec: 'opus' };

/** Claims 16000 × 16000 in every VP8 key frame (RFC 6386 §9.1: start code 9d012a, then width and height). */
function inflated(clip: Buffer): Buffer {
  const bytes = Buffer.from(clip);
  const startCode = Buffer.from('9d012a', 'hex');
  for (let at = bytes.indexOf(startCode); at >= 0; at = bytes.indexOf(startCode, at + 7)) {
    bytes.writeUInt16LE(16_000, at + 3);
    bytes.writeUInt16LE(16_000, at + 5);
  }
  return bytes;
}

describe('bombs', () => {
  it('of pixels are refused before a frame is decoded', async () => {
    await bench.withFile(inflated(await makeClip({ ...vp8, audioCodec: null })), 'webm', async (file) => {
      const work = { ...file, ...media, outputPath: join(file.jobDirectory, 'out') };
      await expect(poster(bench.tools, work)).rejects.toBeInstanceOf(MediaRejected);
      const renditions = [{ outputPath: work.outputPath, video: 'encode' as const }];
      await expect(transcode(bench.tools, { ...file, source: media, renditions })).rejects.toBeInstanceOf(
        MediaRejected,
      );
    });
  });

  it('of pixels in the header are refused by the probe', async () => {
    const clip = inflated(await makeClip(vp8));
    // PixelWidth (b0) and PixelHeight (ba), two bytes each: 320 × 180 is b0 82 0140, ba 81 b4.
    const widthAt = clip.indexOf(Buffer.from('b0820140', 'hex'));
    expect(widthAt).toBeGreaterThan(0);
    const heightAt = clip.indexOf(Buffer.from('ba81b4', 'hex'));
    clip.writeUInt16BE(0xffff, widthAt + 2);
    clip.writeUInt8(0xff, heightAt + 2);
    await bench.withFile(clip, 'webm', async (file) => {
      await expect(probe(bench.tools, file)).rejects.toMatchObject({ reason: 'too_large' });
    });
  });

  // Address space is limited by Linux only.
  (process.platform === 'linux' ? it : it.skip)(
    'of memory end at the limit, not at the machine',
    async () => {
      const tools = await locateFfmpeg({ memoryLimitBytes: 64 * 1024 * 1024 });
      await bench.withFile(await makeClip(vp8), 'webm', async (file) => {
        await expect(probe(tools, file)).rejects.toMatchObject({
          name: /^(MediaCrashed|InfrastructureError)$/,
        });
      });
    },
  );
});

describe('damage', () => {
  it.each(['webm', 'mp4'] as const)(
    'to a %s is salvaged or refused, never a hang or a crash',
    async (container) => {
      const clip = await makeClip({ ...vp8, container, videoCodec: container === 'mp4' ? 'h264' : 'vp8' });
      for (const part of [0.001, 0.01, 0.1, 0.5, 0.9]) {
        const cut = clip.subarray(0, Math.max(1, Math.floor(clip.length * part)));
        await bench.withFile(cut, container, async (file) => {
          const result = await probe(bench.tools, file).catch((error: unknown) => error);
          if (result instanceof MediaRejected) return;
          expect(result).toMatchObject({ audio: { codec: 'opus' } });
        });
      }
    },
  );
});
