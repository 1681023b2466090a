import type { FileType } from '@fairtake/contracts';

/** What each type is called as a file; the first is used when a name has none of them. */
export const fileExtensions: Record<FileType, readonly [string, ...string[]]> = {
  pdf: ['pdf'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  pptx: ['pptx'],
  odt: ['odt'],
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  webp: ['webp'],
  text: ['txt', 'md'],
  zip: ['zip'],
};

const longest = 120;
/** Control characters, and those that reorder or hide text: `cv\u202Efdp.exe` would read as `cvexe.pdf`. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** What file systems and shells give a meaning to. */
const reserved = /[\\/:*?"<>|]/g;

/**
 * A file's name as it may be shown: one line, no folders, nothing hidden, at most 120 characters. Never empty.
 *
 * @param name as the sender's device calls it
 */
export function shownFileName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1)!;
  const clean = last
    .replace(unseen, '')
    .replace(reserved, '_')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  const points = [...clean];
  if (points.length <= longest) return clean === '' ? 'file' : clean;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? '';
  return points.slice(0, longest - extension.length).join('') + extension;
}

/**
 * A name to save a file under. Its end always says what the bytes are: a page that calls itself `cv.html` and is text
 * is saved as `cv.html.txt`, so no computer opens it as anything else.
 */
export function savedFileName(name: string, type: FileType): string {
  const shown = shownFileName(name);
  const extension = shown.split('.').at(-1)!.toLowerCase();
  return fileExtensions[type].includes(extension) ? shown : `${shown}.${fileExtensions[type][0]}`;
}
