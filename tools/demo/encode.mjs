import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Silence before the first word, in seconds: people do not speak the moment the recording begins. */
export const LEAD_SECONDS = 0.6;

const KEY_FRAME_SECONDS = 2;

/** What each kind of browser records, as ffmpeg output options, file ending and MIME type. */
export const RECORDERS = {
  'mp4-opus': { ending: 'mp4', mimeType: 'video/mp4;codecs=avc1.42E01E,opus', output: mp4('libopus') },
  'mp4-aac': { ending: 'mp4', mimeType: 'video/mp4;codecs=avc1.42E01E,mp4a.40.2', output: mp4('aac') },
  webm: {
    ending: 'webm',
    mimeType: 'video/webm;codecs=vp8,opus',
    output: (fps) => [
      ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '500k', '-pix_fmt', 'yuv420p'],
      ...[
        '-g',
        String(fps * KEY_FRAME_SECONDS),
        '-c:a',
        'libopus',
        '-b:a',
        '48k',
        '-ar',
        '48000',
        '-ac',
        '1',
      ],
      // As a recorder writes it: live, so without duration and index; clusters of about a second.
      ...['-f', 'webm', '-live', '1', '-cluster_time_limit', '1000'],
    ],
  },
};

/** H.264 baseline without B frames in fragments that begin with a key frame, and no index at the end. */
function mp4(audioCodec) {
  return (fps) => [
    ...['-c:v', 'libx264', '-profile:v', 'baseline', '-level', '3.0', '-preset', 'veryfast', '-crf', '24'],
    ...['-maxrate', '750k', '-bufsize', '1500k', '-pix_fmt', 'yuv420p', '-sc_threshold', '0'],
    ...['-g', String(fps * KEY_FRAME_SECONDS), '-c:a', audioCodec, '-b:a', '48k', '-ar', '48000', '-ac', '1'],
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer', '-f', 'mp4'],
  ];
}

/**
 * Pipes drawn frames and a WAV file through ffmpeg into one file.
 *
 * @param {{ ffmpeg: string, width: number, height: number, fps: number, seconds: number, frameAt: (seconds:
 *   number) => Buffer, wavFile?: string, output: string[], path: string }} job `frameAt` may reuse its buffer
 */
export async function encodeFrames({ ffmpeg, width, height, fps, seconds, frameAt, wavFile, output, path }) {
  const video = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    `${width}x${height}`,
    '-r',
    String(fps),
    '-i',
    'pipe:0',
  ];
  const leadMs = Math.round(LEAD_SECONDS * 1000);
  const audio = wavFile ? ['-i', wavFile, '-af', `adelay=${leadMs}:all=1,apad`] : [];
  const parameters = ['-v', 'error', '-y', ...video, ...audio, '-t', String(seconds), '-fflags', '+bitexact'];
  const child = spawn(ffmpeg, [...parameters, ...output, path], { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text) => (complaint += text));
  child.stdin.on('error', () => undefined); // ffmpeg left early: its code and words say why.
  const ended = once(child, 'close');
  for (let index = 0; index < Math.round(seconds * fps) && child.exitCode === null; index++) {
    // A copy: the pipe may still hold this frame while the next is drawn into the same buffer.
    const taken = child.stdin.write(Buffer.from(frameAt(index / fps)));
    if (!taken) await Promise.race([once(child.stdin, 'drain'), ended]);
  }
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg could not make ${path} (code ${code}): ${complaint.slice(-2_000)}`);
}
