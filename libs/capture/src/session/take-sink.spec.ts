import { TakeSink } from './take-sink';
import type { SendingHost } from '../sending/sending-host';

/** Records the calls; each append takes until it is let go. */
class FakeHost {
  readonly calls: string[] = [];
  readonly #held: (() => void)[] = [];
  isSlow = false;

  asHost(): SendingHost {
    return this as unknown as SendingHost;
  }

  async call(method: string, _takeId: string, ...args: unknown[]): Promise<void> {
    const shown = args.map((arg) => (arg instanceof ArrayBuffer ? new Uint8Array(arg).join('') : arg));
    this.calls.push([method, ...shown].join(' '));
    if (this.isSlow) await new Promise<void>((resolve) => this.#held.push(resolve));
  }

  async letOneGo(): Promise<void> {
    this.#held.shift()!();
    await turn();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const start = (segment: number, mimeType = 'video/mp4') =>
  ({ segment, recorder: 'baseline', mimeType }) as const;

describe('TakeSink', () => {
  it('writes one after the other, in the order given', async () => {
    const host = new FakeHost();
    const sink = new TakeSink('take', host.asHost(), 0);
    await sink.openSegment(start(0));
    host.isSlow = true;
    const written = [1, 2, 3].map((n) => sink.append(0, Uint8Array.of(n), n * 1_000));
    const ended = sink.endSegment(0, 3_400.4);
    await turn();
    expect(host.calls).toEqual(['openSegment 0 baseline video/mp4']);
    for (let step = 0; step < 5; step++) await host.letOneGo();
    await Promise.all([...written, ended]);
    expect(host.calls.slice(1)).toEqual([
      'append 0 0 1 1000',
      'append 0 1 2 2000',
      'append 0 2 3 3000',
      'endSegment 0 3400',
    ]);
  });

  it('lets a segment end while the next is recorded, and numbers them in the order they began', async () => {
    const host = new FakeHost();
    const sink = new TakeSink('take', host.asHost(), 2);
    await sink.openSegment(start(2));
    await sink.openSegment(start(3, 'video/webm'));
    const early = sink.append(3, Uint8Array.of(9), 500);
    await turn();
    expect(host.calls).toEqual([]);
    await sink.append(2, Uint8Array.of(1), 500);
    await early;
    await sink.append(2, Uint8Array.of(2), 900);
    expect(sink.openSegments).toEqual([2, 3]);
    await sink.endSegment(2, 900);
    expect(sink.openSegments).toEqual([3]);
    const callsOf = (number: number): string[] =>
      host.calls.filter((call) => call.split(' ')[1] === `${number}`);
    expect(callsOf(2)).toEqual([
      'openSegment 2 baseline video/mp4',
      'append 2 0 1 500',
      'append 2 1 2 900',
      'endSegment 2 900',
    ]);
    expect(callsOf(3)).toEqual(['openSegment 3 baseline video/webm', 'append 3 0 9 500']);
  });

  it('gives no number to a segment that stays empty', async () => {
    const host = new FakeHost();
    const sink = new TakeSink('take', host.asHost(), 0);
    for (const segment of [0, 1, 2]) await sink.openSegment(start(segment));
    const last = sink.append(2, Uint8Array.of(3), 100);
    await sink.append(0, Uint8Array.of(1), 100);
    await turn();
    expect(host.calls.some((call) => call.startsWith('append 1'))).toBe(false);
    await sink.endSegment(1, 100);
    await last;
    await sink.endSegment(2, 200);
    await sink.endSegment(0, 200);
    expect(host.calls.filter((call) => call.startsWith('append'))).toEqual([
      'append 0 0 1 100',
      'append 1 0 3 100',
    ]);
    expect(sink.openSegments).toEqual([]);
  });
});
