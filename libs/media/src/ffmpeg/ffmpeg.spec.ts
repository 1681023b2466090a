import { ffmpegArguments } from './arguments';
import { versionProblems } from './check-ffmpeg';
import { classifyFailure } from './classify-failure';
import { sniffContainer } from './container';
import { InfrastructureError, MediaCrashed, MediaRejected } from './errors';
import { Progress, timeoutFor } from './run-ffmpeg';
import type { FfmpegTools } from './tools';
import { fitted } from './transcode';

const tools: FfmpegTools = {
  ffmpegPath: '/opt/ffmpeg',
  ffprobePath: '/opt/ffprobe',
  threads: 3,
  containment: { diesWithParent: false, limitsResources: false, hasNoNetwork: false },
  wrap: (command, args) => [command, [...args]],
};

describe('sniffContainer', () => {
  it.each<[string, Buffer, string | null]>([
    ['MP4', Buffer.from('\0\0\0\x18ftypisom'), 'mp4'],
    ['WebM', Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'), 'webm'],
    ['Matroska', Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.from('....matroska')]), 'webm'],
    ['EBML of another kind', Buffer.from('1a45dfa39f428681', 'hex'), null],
    ['a playlist', Buffer.from('#EXTM3U\n'), null],
    ['ffconcat', Buffer.from('ffconcat version 1.0\nfile /etc/passwd\n'), null],
    ['a page', Buffer.from('<html>ftyp webm'), null],
    ['AVI', Buffer.from('RIFF....AVI '), null],
    ['nothing', Buffer.alloc(0), null],
  ])('knows %s', (_name, bytes, expected) => {
    expect(sniffContainer(bytes)).toBe(expected);
  });
});

describe('ffmpegArguments', () => {
  const args = ffmpegArguments(
    tools,
    [{ path: '/job/a b;$(x).webm', container: 'webm' }],
    [{ path: '/job/-y out.mp4', options: ['-c', 'copy'] }],
  );

  it('puts every guard in front of the input', () => {
    const guards = args.slice(0, args.indexOf('-i'));
    const valueOf = (option: string) => guards[guards.indexOf(option) + 1];
    expect(valueOf('-f')).toBe('matroska');
    expect(valueOf('-protocol_whitelist')).toBe('file,pipe');
    expect(valueOf('-format_whitelist')).toBe('matroska');
    expect(valueOf('-codec_whitelist')).toMatch(/^vp8,vp9,.*aac$/);
    expect(valueOf('-max_pixels')).toBe('8912896');
    expect(valueOf('-max_streams')).toBe('4');
    expect(guards).toContain('-nostdin');
  });

  it('keeps names whole and away from protocols and options', () => {
    expect(args[args.indexOf('-i') + 1]).toBe('file:/job/a b;$(x).webm');
    expect(args.at(-1)).toBe('file:/job/-y out.mp4');
  });

  it('leaves metadata behind', () => {
    expect(args.join(' ')).toContain('-map_metadata -1 -map_chapters -1');
  });
});

describe('classifyFailure', () => {
  const failed = (
    stderrTail: string,
    exitCode: number | null = 1,
    exitSignal: NodeJS.Signals | null = null,
  ) => classifyFailure({ exitCode, exitSignal, stderrTail, timeoutMs: 1_000 });

  it.each([
    ['[matroska] Invalid data found when processing input', 'invalid_data'],
    ['moov atom not found', 'invalid_data'],
    ['file:/job/input.webm: Input/output error', 'invalid_data'],
    ['[vp8] Codec (hevc) not on whitelist', 'not_allowed'],
    ['Picture size 16000x16000 is invalid', 'too_large'],
    ['Output file #0 does not contain any stream', 'no_media'],
  ])('blames the media for %j', (stderrTail, reason) => {
    const error = failed(stderrTail);
    expect(error).toBeInstanceOf(MediaRejected);
    expect(error).toMatchObject({ reason, retryable: false });
  });

  it.each([
    'av_interleaved_write_frame(): No space left on device\nInvalid data found',
    'Too many open files',
    'av_interleaved_write_frame(): Input/output error',
  ])('blames the machine for %j', (stderrTail) => {
    expect(failed(stderrTail)).toBeInstanceOf(InfrastructureError);
  });

  it('does not guess from anything else', () => {
    expect(failed('', 139)).toBeInstanceOf(MediaCrashed);
    expect(failed('', null, 'SIGSEGV')).toMatchObject({ exitSignal: 'SIGSEGV', retryable: true });
    expect(failed('', 127)).toBeInstanceOf(InfrastructureError);
    expect(failed('', null, 'SIGXFSZ')).toMatchObject({ reason: 'too_large' });
  });
});

describe('progress and limits', () => {
  it('rises in whole percent, once each, to 100 at the end', () => {
    const seen: number[] = [];
    const progress = new Progress(10, (percent) => seen.push(percent));
    for (const us of ['0', '1000000', '1050000', '500000', '9999999', '20000000']) {
      progress.read(`out_time_us=${us}`);
    }
    progress.read('out_time_us=N/A');
    progress.read('progress=end');
    progress.finish();
    expect(seen).toEqual([0, 10, 99, 100]);
  });

  it('allows three times the duration and a minute', () => {
    expect(timeoutFor(60)).toBe(240_000);
  });

  it.each([
    [{ width: 1280, height: 720 }, 720, { width: 1280, height: 720 }],
    [{ width: 1920, height: 1080 }, 720, { width: 1280, height: 720 }],
    [{ width: 321, height: 181 }, 720, { width: 320, height: 180 }],
    [{ width: 1080, height: 1920 }, 720, { width: 404, height: 720 }],
    [{ width: 1, height: 1 }, 720, { width: 2, height: 2 }],
  ])('fits %j into a height of %i', (video, maxHeight, expected) => {
    expect(fitted(video, maxHeight)).toEqual(expected);
  });
});

describe('versionProblems', () => {
  const libavcodec = (version: string) => `libavcodec     ${version} / ${version}`;
  it.each([
    ['ffmpeg version 5.1.9-0+deb12u1 Copyright', '59. 37.100', 0],
    ['ffmpeg version n7.1 Copyright', '61. 19.100', 0],
    ['ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright', '58.134.100', 1],
    ['ffmpeg version 5.0.1 Copyright', '59. 18.100', 1],
    ['ffmpeg version N-109468-gd39b34123d Copyright', '59. 55.100', 0],
    ['ffmpeg version N-100000-g0 Copyright', '58.100.100', 1],
    ['bash: ffmpeg: broken', '', 1],
  ])('reads %j', (first, library, problems) => {
    expect(versionProblems([first, libavcodec(library)])).toHaveLength(problems);
  });
});
