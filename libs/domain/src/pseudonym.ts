/** The number a blind reviewer sees: stable inside a position, at least two digits. */
export function pseudonymNumber(pseudonym: number): string {
  return String(pseudonym).padStart(2, '0');
}

/** No vowels and no look-alikes (0/O, 1/I/L, 2/Z, 5/S, 8/B): read out over the telephone without spelling a word. */
const alphabet = '34679CDFGHJKMNPQRTVWXY';

/** A reference like `F7K-3WQ9` from at least seven random bytes. */
export function referenceFrom(bytes: Uint8Array): string {
  const letters = [...bytes.slice(0, 7)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `${letters.slice(0, 3)}-${letters.slice(3)}`;
}
