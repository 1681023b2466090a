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
  it('hands over in the order given without waiting for answers, and answers each when it is written', async () => {
    const host = new FakeHost();
    const sink = new TakeSink('take', host.asHost(), () => undefined);
    await sink.openSegment(start(0));
    host.isSlow = true;
    const done: string[] = [];
    const written = [1, 2, 3].map(async (n) => {
      await sink.append(0, Uint8Array.of(n), n * 1_000);
      done.push(`${n}`);
    });
    const ended = sink.endSegment(0, 3_400.4).then(() => done.push('end'));
    await turn();
    expect(host.calls).toEqual([
      'openSegment 0 baseline video/mp4',
      'append 0 0 1 1000',
      'append 0 1 2 2000',
      'append 0 2 3 3000',
      'endSegment 0 3400',
    ]);
    expect(done).toEqual([]);
    for (const expected of [['1'], ['1', '2'], ['1', '2', '3']]) {
      await host.letOneGo();
      expect(done).toEqual(expected);
    }
    await host.letOneGo();
    await Promise.all([...written, ended]);
    expect(done).toEqual(['1', '2', '3', 'end']);
  });

  it('numbers the pieces of overlapping segments apart, and knows which are still recorded', async () => {
    const host = new FakeHost();
    const sink = new TakeSink('take', host.asHost(), () => undefined);
    await sink.openSegment(start(2));
    await sink.append(2, Uint8Array.of(1), 500);
    await sink.openSegment(start(3, 'video/webm'));
    await sink.append(3, Uint8Array.of(9), 600);
    await sink.append(2, Uint8Array.of(2), 700);
    expect(sink.openSegments).toEqual([2, 3]);
    await sink.endSegment(2, 700);
    expect(sink.openSegments).toEqual([3]);
    await sink.append(3, new Uint8Array([7, 8, 9]).subarray(1, 2), 900);
    expect(host.calls).toEqual([
      'openSegment 2 baseline video/mp4',
      'append 2 0 1 500',
      'openSegment 3 baseline video/webm',
      'append 3 0 9 600',
      'append 2 1 2 700',
      'endSegment 2 700',
      'append 3 1 8 900',
    ]);
  });
});
