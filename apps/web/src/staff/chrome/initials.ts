const han = /^\p{Script=Han}/u;

/** First letters of the first and last word of a name; a name in Chinese characters shows its last two. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  if (!last && han.test(first)) return [...first].slice(-2).join('');
  // Composed first, so that an accent written as a character of its own stays with its letter.
  return [first, last]
    .map((word) => [...word.normalize('NFC')][0] ?? '')
    .join('')
    .toUpperCase();
}
