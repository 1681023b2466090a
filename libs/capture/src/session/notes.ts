import type { JournalStore } from '../journal/journal-store';

/** The person's private notes per question. They stay on this device and are never sent. */
export class Notes {
  readonly #store: JournalStore;
  readonly #interviewId: string;

  constructor(store: JournalStore, interviewId: string) {
    this.#store = store;
    this.#interviewId = interviewId;
  }

  /** The empty string when there is none. */
  async read(questionId: string): Promise<string> {
    return ((await this.#store.get('notes', [this.#interviewId, questionId])) as string | undefined) ?? '';
  }

  async write(questionId: string, text: string): Promise<void> {
    await this.#store.write([{ put: 'notes', key: [this.#interviewId, questionId], value: text }], 'relaxed');
  }

  /** After sending the answers nothing personal should stay on a shared computer. */
  async clear(): Promise<void> {
    await this.#store.write([{ removeAll: 'notes', prefix: [this.#interviewId] }], 'relaxed');
  }
}
