import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './places';

export type Language = 'en' | 'zh-CN';

function wordsOf(app: 'candidate' | 'staff') {
  return (id: string, values: Record<string, string | number> = {}, language: Language = 'en'): string => {
    const message = messages(app, language)[id];
    if (message === undefined) throw new Error(`No ${app} message is called ${id}.`);
    const words = message.replace(/\{(\w+)(, number)?\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
    if (/[{<]/.test(words)) throw new Error(`${id} needs more than plain values: ${words}`);
    return words;
  };
}

const read = new Map<string, Record<string, string>>();
function messages(app: string, language: Language): Record<string, string> {
  const file = path.join(ROOT, 'apps', 'web', 'messages', `${app}.${language}.json`);
  if (!read.has(file)) read.set(file, JSON.parse(fs.readFileSync(file, 'utf8')));
  return read.get(file)!;
}

/** What the candidate's page says for a message id: journeys find things as people do, by their words. */
export const candidateWords = wordsOf('candidate');
export const staffWords = wordsOf('staff');

/** A message as it stands in the English catalogue, choices and all. */
export const rawCandidateWords = (id: string): string => {
  const message = messages('candidate', 'en')[id];
  if (message === undefined) throw new Error(`No candidate message is called ${id}.`);
  return message;
};
