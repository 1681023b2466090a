import type { FileStatus } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import { ApiProblem } from '../../api/api-client';
import { troubleOf, type Trouble } from '../arrival';
import { announceFile, finishFile, sendPiece, type ResponseAddress } from './response-api';

export type UploadState =
  | { name: 'idle' }
  /** `waiting`: the network is away, it goes on by itself. */
  | { name: 'sending'; fileName: string; percent: number; waiting: boolean }
  | { name: 'refused'; fileName: string; trouble: Trouble };

/** What names a file that was begun, so that picking it again after a reload goes on where it stopped. */
type Begun = { fileId: string; name: string; size: number; lastModified: number };

const [firstPauseMs, lastPauseMs] = [500, 30_000];

/**
 * Sends one file in pieces of a MiB. A piece counts once the server has acknowledged it, a broken network is waited
 * for without end, and what arrived is never sent again.
 */
export class FileUpload {
  #state: UploadState = { name: 'idle' };
  #abort: AbortController | null = null;
  readonly #listeners = new Set<() => void>();

  /** @param onReceived told the id of a file the server has whole and accepts */
  constructor(
    private readonly address: ResponseAddress,
    private readonly onReceived: (fileId: string) => void,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getSnapshot = (): UploadState => this.#state;

  /** Sends this file instead of any that is on its way. */
  async send(file: File, maxBytes: number): Promise<void> {
    this.cancel();
    if (file.size === 0) return this.#set(refused(file, 'file_type_refused'));
    if (file.size > maxBytes) return this.#set(refused(file, 'file_too_large'));
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const fileId = await this.#sendWhole(file, abort.signal);
      forget(this.address);
      this.#set({ name: 'idle' });
      this.onReceived(fileId);
    } catch (error) {
      if (abort.signal.aborted) return;
      forget(this.address);
      this.#set({ name: 'refused', fileName: file.name, trouble: troubleOf(error) });
    }
  }

  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#set({ name: 'idle' });
  }

  async #sendWhole(file: File, signal: AbortSignal): Promise<string> {
    const { interviewId, questionId } = this.address;
    const { fileId } = begin(this.address, file);
    const body = { questionId, name: file.name.slice(0, 1_000).toWellFormed(), sizeBytes: file.size };
    this.#progress(file, 0);
    const status = await this.#untilAnswered(signal, () => announceFile(interviewId, fileId, body));
    if (status.state === 'received') return fileId;
    const digests = await this.#sendPieces(file, status, signal);
    const manifest = hex(await crypto.subtle.digest('SHA-256', await new Blob(digests).arrayBuffer()));
    await this.#untilAnswered(signal, () => finishFile(interviewId, fileId, manifest));
    return fileId;
  }

  async #sendPieces(file: File, status: FileStatus, signal: AbortSignal): Promise<ArrayBuffer[]> {
    const { interviewId } = this.address;
    const { fileId, pieceCount } = status;
    const held = new Set(status.held);
    const digests: ArrayBuffer[] = [];
    for (let index = 0; index < pieceCount; index++) {
      const start = index * limits.chunkMaxBytes;
      const bytes = await file.slice(start, start + limits.chunkMaxBytes).arrayBuffer();
      const digest = await crypto.subtle.digest('SHA-256', bytes);
      signal.throwIfAborted();
      digests.push(digest);
      if (!held.has(index))
        await this.#untilAnswered(signal, () =>
          sendPiece({ interviewId, fileId, index }, bytes, digest, signal),
        );
      this.#progress(file, Math.floor(((index + 1) / pieceCount) * 100));
    }
    return digests;
  }

  /** Asks again after growing pauses while nobody answers; a refusal is final. */
  async #untilAnswered<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(lastPauseMs, pauseMs * 2)) {
      try {
        signal.throwIfAborted();
        const reply = await ask();
        // Stopped while the reply was on its way: another file may be going out already.
        signal.throwIfAborted();
        this.#waiting(false);
        return reply;
      } catch (error) {
        if (signal.aborted || isRefusal(error)) throw error;
        this.#waiting(true);
        // Full jitter, so that many people behind one broken link do not come back all at once.
        await pause(Math.random() * pauseMs + 100, signal);
      }
    }
  }

  #progress(file: File, percent: number): void {
    this.#set({ name: 'sending', fileName: file.name, percent, waiting: false });
  }

  #waiting(waiting: boolean): void {
    if (this.#state.name === 'sending' && this.#state.waiting !== waiting)
      this.#set({ ...this.#state, waiting });
  }

  #set(state: UploadState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

const refused = (file: File, code: Trouble['code']): UploadState => ({
  ...{ name: 'refused', fileName: file.name },
  trouble: { code },
});

const isRefusal = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status < 500 && error.status !== 429;

/** Ends early when the network is back, or when it is no longer wanted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const storageKey = ({ interviewId, questionId }: ResponseAddress): string =>
  `fairtake.file.${interviewId}.${questionId}`;

function begin(address: ResponseAddress, { name, size, lastModified }: File): Begun {
  const fresh: Begun = { fileId: crypto.randomUUID(), name, size, lastModified };
  try {
    const text = localStorage.getItem(storageKey(address));
    const before = text ? (JSON.parse(text) as Begun) : null;
    if (before && before.name === name && before.size === size && before.lastModified === lastModified)
      return before;
    localStorage.setItem(storageKey(address), JSON.stringify(fresh));
  } catch {
    // Nothing is remembered: after a reload the file begins anew.
  }
  return fresh;
}

function forget(address: ResponseAddress): void {
  try {
    localStorage.removeItem(storageKey(address));
  } catch {
    // Nothing was remembered either.
  }
}
