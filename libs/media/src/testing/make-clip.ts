import { spawn } from 'node:child_process';

/** A recording to imitate. `null` leaves the track out; one of the two has to be there. */
export interface ClipOptions {
  readonly seconds: number;
  /** Default 320 × 180: small enough for tests that only move bytes. */
  readonly width?: number;
  readonly height?: number;
  readonly framesPerSecond?: number;
  readonly container: 'webm' | 'mp4';
  readonly videoCodec: 'vp8' | 'h264' | null;
  readonly audioCodec: 'opus' | 'aac' | null;
  /** Name or path of ffmpeg. */
  readonly ffmpegPath?: string;
}

const made = new Map<string, Promise<Buffer>>();

/**
 * Makes the bytes a browser's recorder would have produced: no duration, no index, a key frame every two seconds;
 * as MP4 first `ftyp` + `moov`, then `moof` + `mdat` pairs. Moving pattern and a tone, so that frames and sound differ
 * over time. The same options give the same Buffer within one process: do not write into it.
 */
export function makeClip(options: ClipOptions): Promise<Buffer> {
  const key = JSON.stringify(options);
  const known = made.get(key);
  if (known) return known;
  const clip = record(options);
  made.set(key, clip);
  return clip;
}

function record(options: ClipOptions): Promise<Buffer> {
  const { ffmpegPath = 'ffmpeg' } = options;
  // Written to a pipe: what cannot seek back cannot leave a duration or an index, like a recorder.
  const args = [
    '-nostdin',
    '-v',
    'error',
    ...inputs(options),
    ...encoders(options),
    ...muxer(options),
    'pipe:1',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(ffmpegPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const bytes: Buffer[] = [];
    const messages: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => bytes.push(part));
    child.stderr.on('data', (part: Buffer) => messages.push(part));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(bytes));
      else reject(new Error(`No clip was made: ${Buffer.concat(messages).toString()}`));
    });
  });
}

function inputs({
  seconds,
  width = 320,
  height = 180,
  framesPerSecond = 30,
  ...tracks
}: ClipOptions): string[] {
  const picture = `testsrc2=size=${width}x${height}:rate=${framesPerSecond}:duration=${seconds}`;
  const sound = `sine=frequency=440:sample_rate=48000:duration=${seconds}`;
  return [
    ...(tracks.videoCodec ? ['-f', 'lavfi', '-i', picture] : []),
    ...(tracks.audioCodec ? ['-f', 'lavfi', '-i', sound] : []),
  ];
}

function encoders({ videoCodec, audioCodec }: ClipOptions): string[] {
  const video = {
    vp8: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '600k'],
    h264: [
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline'],
      ...['-b:v', '600k', '-pix_fmt', 'yuv420p'],
    ],
  };
  const audio = { opus: ['-c:a', 'libopus', '-b:a', '32k'], aac: ['-c:a', 'aac', '-b:a', '48k'] };
  return [
    ...(videoCodec ? [...video[videoCodec], '-force_key_frames', 'expr:gte(t,n_forced*2)', '-g', '600'] : []),
    ...(audioCodec ? audio[audioCodec] : []),
    ...['-fflags', '+bitexact', '-flags', '+bitexact'],
  ];
}

function muxer({ container, videoCodec }: ClipOptions): string[] {
  // Chromium's WebM with H.264 is Matroska by the letter; ffmpeg's webm muxer refuses it.
  if (container === 'webm') return ['-f', videoCodec === 'h264' ? 'matroska' : 'webm', '-live', '1'];
  const cut = videoCodec ? (['+frag_keyframe', []] as const) : (['', ['-frag_duration', '2000000']] as const);
  return ['-f', 'mp4', '-movflags', `+empty_moov+default_base_moof+skip_trailer${cut[0]}`, ...cut[1]];
}
