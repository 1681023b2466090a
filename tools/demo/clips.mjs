import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFrames } from './drawing/frames.mjs';
import { LEAD_SECONDS, RECORDERS, encodeFrames } from './encode.mjs';
import { PERSONAS, QUESTIONS } from './personas.mjs';
import { speak, speechProgram } from './sound/speech.mjs';
import { loudnessAt, writeWav } from './sound/wav.mjs';

/** Raise to have clips of earlier versions made anew. */
const GENERATOR_VERSION = 1;
const SIZE = { width: 480, height: 270 };
const FPS = 20;
const LONGEST_SECONDS = 15;
const TAIL_SECONDS = 0.9;
/** Drawing takes one core, ffmpeg the other. */
const AT_A_TIME = 2;

/**
 * @typedef {object} Clip
 * @property {string} key `<candidate>.<question>`
 * @property {string} candidate key of a persona
 * @property {string} question one of QUESTIONS
 * @property {'en' | 'zh-CN'} language
 * @property {string} transcript what is said
 * @property {string} mimeType as the browser's recorder would name it
 * @property {number} durationSeconds at most 15
 * @property {number} sizeBytes
 * @property {string} path
 */

/**
 * Makes the demo's clips, about twenty, or finds them from an earlier run. Needs ffmpeg with libx264, libvpx,
 * libopus and aac. Files appear under their final names only when complete.
 *
 * @param {{ directory: string, ffmpeg?: string, only?: string[], onClip?: (clip: Clip) => void }} options
 *   `only` names clips by key (default: all); `onClip` hears of each clip as it is ready, so that uploading
 *   can begin with the first
 * @returns {Promise<Clip[]>} by candidate, then question
 */
export async function makeDemoClips({ directory, ffmpeg = 'ffmpeg', only, onClip = () => undefined }) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const program = speechProgram();
  const wanted = PERSONAS.flatMap((persona, turn) =>
    QUESTIONS.map((question, index) => ({ persona, question, seed: turn * 10 + index })),
  )
    .filter(({ persona, question }) => persona.answers[question])
    .filter(({ persona, question }) => !only || only.includes(`${persona.key}.${question}`));
  const clips = [];
  const waiting = wanted.entries();
  const work = async () => {
    for (const [index, { persona, question, seed }] of waiting) {
      const clip = await makeClip({ persona, question, seed, directory, ffmpeg, program });
      clips[index] = clip;
      onClip(clip);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return clips;
}

async function makeClip({ persona, question, seed, directory, ffmpeg, program }) {
  const { key: candidate, language, voice, look, recorder, answers } = persona;
  const text = answers[question];
  const { ending, mimeType, output } = RECORDERS[recorder];
  const identity = JSON.stringify([GENERATOR_VERSION, program, SIZE, FPS, persona, question, seed]);
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 10);
  const path = join(directory, `${candidate}.${question}.${hash}.${ending}`);
  const sound = speak(program, { text, language, voice, seed });
  const spokenSeconds = sound.samples.length / sound.sampleRate;
  const seconds = Math.min(LONGEST_SECONDS, LEAD_SECONDS + spokenSeconds + TAIL_SECONDS);
  const durationSeconds = Math.floor(seconds * FPS) / FPS;
  if (!existsSync(path)) {
    const unfinished = `${path}.${process.pid}.part`;
    const wavFile = `${path}.${process.pid}.wav`;
    const draw = createFrames(look, { ...SIZE, seed });
    const frameAt = (at) => draw(at, loudnessAt(sound, at - LEAD_SECONDS));
    try {
      writeFileSync(wavFile, writeWav(sound.samples, sound.sampleRate));
      const job = { ffmpeg, ...SIZE, fps: FPS, seconds: durationSeconds, frameAt, wavFile };
      await encodeFrames({ ...job, output: output(FPS), path: unfinished });
      renameSync(unfinished, path);
    } finally {
      for (const file of [wavFile, unfinished]) rmSync(file, { force: true });
    }
  }
  const clip = { key: `${candidate}.${question}`, candidate, question, language, transcript: text };
  return { ...clip, mimeType, durationSeconds, sizeBytes: statSync(path).size, path };
}
