import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { babble } from './babble.mjs';
import { readWav } from './wav.mjs';

/**
 * espeak-ng turns characters into pinyin first; its plain voice `cmn` then reads that as English words and
 * tone numbers.
 */
const CHINESE = 'cmn-latn-pinyin';

/** What speaks on this machine: part of a clip's identity, so that a better voice makes new clips. */
export function speechProgram() {
  for (const program of ['espeak-ng', 'flite']) {
    if (spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined) return program;
  }
  return 'babble';
}

/**
 * Speaks a text: with espeak-ng, else with flite (English only), else as babble of about the same length.
 *
 * @param {{ text: string, language: 'en' | 'zh-CN', voice: { variant, pitch, wordsPerMinute }, seed: number }} what
 * @returns samples and their rate
 */
export function speak(program, { text, language, voice, seed }) {
  const english = language === 'en';
  const spoken =
    program === 'espeak-ng'
      ? withEspeak(text, english ? 'en-us' : CHINESE, voice)
      : program === 'flite' && english
        ? run('flite', (file) => [
            '-voice',
            voice.variant.startsWith('f') ? 'slt' : 'rms',
            '-t',
            text,
            '-o',
            file,
          ])
        : null;
  if (spoken && spoken.samples.length > spoken.sampleRate) return spoken;
  // About 14 Latin letters or 4 Chinese characters are said in a second.
  const seconds = Math.min(14, text.length / (english ? 14 : 4));
  return babble({ seconds, pitchHz: voice.variant.startsWith('f') ? 195 : 115, seed });
}

function withEspeak(text, language, { variant, pitch, wordsPerMinute }) {
  const manner = ['-p', String(pitch), '-s', String(wordsPerMinute)];
  return run('espeak-ng', (file) => ['-v', `${language}+${variant}`, ...manner, '-w', file, text]);
}

/** Null when the program fails, for example for want of this voice. */
function run(program, parameters) {
  const folder = mkdtempSync(join(tmpdir(), 'fairtake-speech-'));
  const file = join(folder, 'speech.wav');
  try {
    const { status } = spawnSync(program, parameters(file), { stdio: 'ignore' });
    return status === 0 ? readWav(readFileSync(file)) : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
