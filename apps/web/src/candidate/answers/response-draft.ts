import type { CandidateAnswer, OwnFile, ResponseContent, ResponseView } from '@fairtake/contracts';
import { ApiProblem } from '../../api/api-client';
import type { Trouble } from '../arrival';
import type { LocalDrafts } from './local-drafts';

/** Where the words are, as the screen says it. Each is true when it is shown. */
export type Saving =
  | { name: 'untouched' | 'saving' }
  /** On the server, all of it. */
  | { name: 'saved'; at: string }
  /** In this browser; on its way as soon as the network is back. */
  | { name: 'device' }
  /** Nowhere but in this page. */
  | { name: 'unsafe' }
  /** Something else was saved from another device meanwhile: the person decides. */
  | { name: 'conflict'; theirs: ResponseView }
  | { name: 'refused'; trouble: Trouble };

export type DraftState = {
  /** Null until the first change. */
  content: ResponseContent | null;
  /** The file `content` names. */
  file: OwnFile | null;
  saving: Saving;
  /** What is shown is the answer already. */
  kept: boolean;
  /** The person chose it as the answer, the server does not know yet. */
  keeping: boolean;
  /** Nothing is known of earlier words yet. */
  loading: boolean;
};

export type DraftTransport = {
  read: () => Promise<ResponseView>;
  save: (revision: number, content: ResponseContent) => Promise<ResponseView>;
  keep: (revision: number) => Promise<CandidateAnswer>;
  /** What a failed call means to the person. */
  troubleOf: (error: unknown) => Trouble;
};

/** Calls back once after a time. @returns a way not to */
export type Later = (ms: number, work: () => void) => () => void;

const pauseMs = 800;
const [firstRetryMs, lastRetryMs] = [2_000, 30_000];

/**
 * One response while it is written: every change is in this browser at once and on the server after a pause in
 * typing, one request at a time. Survives reload, offline and another device's edits without losing a word.
 */
export class ResponseDraft {
  #state: DraftState = {
    ...{ content: null, file: null, saving: { name: 'untouched' } },
    ...{ kept: false, keeping: false, loading: true },
  };
  /** Revision on the server that the words here follow; null until it is known. */
  #revision: number | null = null;
  #keptRevision: number | null = null;
  /** There are changes the server has not acknowledged. */
  #dirty = false;
  #busy = false;
  /** Sent, and no reply came: when the server has it, a conflict is with one's own older words. */
  #unanswered: ResponseContent | null = null;
  #savedAt: string | null = null;
  #retryMs = firstRetryMs;
  #cancel: () => void = () => undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly transport: DraftTransport,
    private readonly local: LocalDrafts,
    private readonly later: Later,
    private readonly onKept: (answer: CandidateAnswer) => void,
  ) {
    const kept = local.read();
    // Chosen in a page that ended before the server knew: it goes on from there.
    if (kept) this.#set({ content: kept.content, saving: { name: 'device' }, keeping: kept.chosen === true });
    void this.sync();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getSnapshot = (): DraftState => this.#state;

  /** What the person wrote, chose or sent last. */
  change(content: ResponseContent, file: OwnFile | null = null): void {
    this.#dirty = true;
    this.#set({ content, file, kept: false, keeping: false });
    const saving: Saving = this.#store() ? { name: 'saving' } : { name: 'unsafe' };
    if (!this.#inConflict()) this.#set({ saving });
    if (!this.#inConflict()) this.#soon(pauseMs);
  }

  /** Makes what is written the answer, now or as soon as the server can be reached, also from a later page. */
  keep(): void {
    this.#set({ keeping: true });
    this.#store();
    void this.sync();
  }

  /** Decides a conflict: for the words here, or for those of the other device. */
  settle(whose: 'mine' | 'theirs'): void {
    const { saving } = this.#state;
    if (saving.name !== 'conflict') return;
    this.#revision = saving.theirs.revision;
    this.#set({ saving: { name: 'saving' } });
    if (whose === 'mine') {
      this.#dirty = true;
      void this.sync();
    } else this.#adopt(saving.theirs);
  }

  /** Tries at once what waits for the network. */
  readonly sync = async (): Promise<void> => {
    this.#cancel();
    if (this.#busy || this.#inConflict()) return;
    this.#busy = true;
    try {
      if (this.#revision === null) await this.#load();
      await this.#save();
      await this.#keep();
      this.#retryMs = firstRetryMs;
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.#busy = false;
    }
    // Typed while a request was on its way.
    if (this.#dirty && this.#state.saving.name === 'saving') this.#soon(pauseMs);
  };

  /**
   * Shown again: another tab or device may have written meanwhile. What is unchanged here follows what it wrote;
   * unsaved words here stay, and are told apart when they are saved.
   */
  readonly catchUp = async (): Promise<void> => {
    const isUnsettled = this.#dirty || this.#state.keeping || this.#inConflict();
    if (this.#busy || isUnsettled || this.#revision === null) return this.sync();
    const written = this.local.read();
    if (written && !(this.#state.content && same(written.content, this.#state.content))) {
      // By another tab, and not on the server yet: found as after a reload.
      this.#set({ content: written.content, file: null, kept: false, keeping: written.chosen === true });
      this.#revision = null;
      return this.sync();
    }
    this.#busy = true;
    try {
      const view = await this.transport.read();
      const isNewer = view.revision > this.#revision || view.keptRevision !== this.#keptRevision;
      if (isNewer && !this.#dirty) {
        this.#revision = view.revision;
        this.#keptRevision = view.keptRevision;
        this.#adopt(view);
      }
    } catch {
      // Not to be had now: what is saved from here next finds out.
    } finally {
      this.#busy = false;
    }
    return this.sync();
  };

  async #load(): Promise<void> {
    const view = await this.transport.read();
    this.#revision = view.revision;
    this.#keptRevision = view.keptRevision;
    this.#set({ loading: false });
    const mine = this.local.read();
    const typed = this.#dirty ? this.#state.content : (mine?.content ?? null);
    if (!typed || same(typed, view.content)) {
      if (view.content) this.#adopt(view);
      return;
    }
    this.#dirty = true;
    if ((mine?.revision ?? 0) !== this.#revision) this.#contradicted(view);
  }

  async #save(): Promise<void> {
    const { content } = this.#state;
    if (!this.#dirty || !content || this.#inConflict()) return;
    this.#set({ saving: { name: 'saving' } });
    this.#dirty = false;
    try {
      const view = await this.transport.save(this.#revision ?? 0, content);
      this.#revision = view.revision;
      this.#keptRevision = view.keptRevision;
      this.#unanswered = null;
      if (!this.#dirty) this.#adopt(view);
    } catch (error) {
      this.#dirty = true;
      if (!(error instanceof ApiProblem) || error.status >= 500) this.#unanswered = content;
      throw error;
    }
  }

  async #keep(): Promise<void> {
    if (!this.#state.keeping || this.#dirty || this.#inConflict() || !this.#revision) return;
    const revision = this.#revision;
    const answer = await this.transport.keep(revision);
    this.#keptRevision = revision;
    if (!this.#dirty) {
      this.local.remove();
      this.#set({ keeping: false, kept: true, saving: this.#saved() });
    }
    this.onKept(answer);
  }

  async #failed(error: unknown): Promise<void> {
    const trouble = this.transport.troubleOf(error);
    if (trouble.code === 'edit_conflict') {
      const theirs = await this.transport.read().catch(() => null);
      if (theirs && this.#unanswered && same(this.#unanswered, theirs.content)) {
        this.#unanswered = null;
        this.#revision = theirs.revision;
        return this.#soon(0);
      }
      if (theirs) return this.#contradicted(theirs);
    }
    if (!(error instanceof ApiProblem) || error.status >= 500 || error.status === 429) return this.#wait();
    if (trouble.code === 'edit_conflict') return this.#wait();
    this.#set({ saving: { name: 'refused', trouble }, keeping: false });
    if (this.#dirty) this.#store();
    else this.local.remove();
  }

  /** Another device saved something else: what was chosen here is not what would be kept now. */
  #contradicted(theirs: ResponseView): void {
    this.#set({ saving: { name: 'conflict', theirs }, keeping: false });
    this.#store();
  }

  #wait(): void {
    const { content, keeping } = this.#state;
    if (content && (this.#dirty || keeping))
      this.#set({ saving: { name: this.#store() ? 'device' : 'unsafe' } });
    this.#soon(this.#retryMs);
    this.#retryMs = Math.min(lastRetryMs, this.#retryMs * 2);
  }

  /** What is here is what the server has. */
  #adopt(view: ResponseView): void {
    this.#dirty = false;
    this.#savedAt = view.savedAt;
    const kept = this.#keptRevision === view.revision;
    this.#set({ content: view.content, file: view.file ?? null, saving: this.#saved(), kept });
    // That it was chosen is known only here until the server has made it the answer.
    if (this.#state.keeping && !kept) this.#store();
    else this.local.remove();
    if (kept) this.#set({ keeping: false });
  }

  #saved(): Saving {
    return this.#savedAt ? { name: 'saved', at: this.#savedAt } : { name: 'untouched' };
  }

  /** @returns false when this browser keeps nothing */
  #store(): boolean {
    const { content, keeping } = this.#state;
    if (!content) return true;
    const revision = this.#revision ?? this.local.read()?.revision ?? 0;
    return this.local.write({ content, revision, ...(keeping ? { chosen: true } : {}) });
  }

  #inConflict(): boolean {
    return this.#state.saving.name === 'conflict';
  }

  #soon(ms: number): void {
    this.#cancel();
    this.#cancel = this.later(ms, () => void this.sync());
  }

  #set(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}

const same = (one: ResponseContent, other: ResponseContent | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
