/** Of so many chunks in a row the newest take has at most this many while an earlier one has something to send. */
const newestInARow = 3;

/**
 * Who sends the next chunk. The newest take comes first (it is being recorded, or its end is waited for), but every
 * fourth chunk goes to the earlier ones, oldest first: neither starves, whatever the link. A take that can send nothing
 * now costs no turn.
 */
export class Turns<T> {
  #inARow = 0;

  /** `takes` oldest first. `start` tries to send one chunk and answers whether it did. */
  next(takes: readonly T[], start: (take: T) => boolean): boolean {
    const newest = takes.at(-1);
    if (newest === undefined) return false;
    const earlier = takes.slice(0, -1);
    if (this.#inARow >= newestInARow && this.#earlier(earlier, start)) return true;
    if (start(newest)) {
      this.#inARow++;
      return true;
    }
    return this.#earlier(earlier, start);
  }

  #earlier(takes: readonly T[], start: (take: T) => boolean): boolean {
    if (!takes.some(start)) return false;
    this.#inARow = 0;
    return true;
  }
}
