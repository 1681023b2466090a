import type { NetworkSignal } from '../network-signals';
import type { LinkReport } from '../recording-sink';
import type { SendingCalls, SendingMethod, TakeReport } from './sending-calls';

/** One call of {@link SendingCalls} as it is kept until answered, and sent. */
export type CallMessage = {
  [Method in SendingMethod]: { call: number; method: Method; args: Parameters<SendingCalls[Method]> };
}[SendingMethod];

/** From the page to the worker. `start` is the first and comes once. */
export type ToWorker =
  | { start: { interviewId: string; baseUrl: string } }
  | CallMessage
  | { signal: NetworkSignal }
  | { renewal: number; renewed: boolean }
  /** Answered at once, however busy the disk is. */
  | { ping: number }
  /** Finish what is being written, then say `closed`. */
  | { close: true };

/** From the worker to the page. Events that a call caused come before its reply. */
export type FromWorker =
  /** The journal is open; `durable` is false where workers get no IndexedDB. */
  | { hello: { durable: boolean } }
  | { reply: number; value: unknown }
  | { reply: number; failed: string }
  | { take: TakeReport }
  | { retired: string }
  | { link: LinkReport }
  | { memoryOnly: true }
  | { renew: number }
  | { pong: number }
  | { closed: true };

/** The part of a `Worker`, and of a worker's own scope, that the two sides use. */
export interface MessageEnd<Out> {
  postMessage(message: Out, transfer: Transferable[]): void;
}
