import type { RecordingSink } from '../recording-sink';
import { SinkQueue } from './sink-queue';

class Sink implements RecordingSink {
  readonly told: string[] = [];
  readonly #fails: string;

  constructor(fails = '') {
    this.#fails = fails;
  }

  openSegment = ({ segment }: { segment: number }): Promise<void> => this.#tell(`open ${segment}`);
  append = (segment: number, bytes: Uint8Array): Promise<void> => this.#tell(`${segment}:${bytes[0]}`);
  endSegment = (segment: number): Promise<void> => this.#tell(`end ${segment}`);

  async #tell(line: string): Promise<void> {
    if (line === this.#fails) throw new DOMException('full', 'QuotaExceededError');
    this.told.push(line);
  }
}

function fill(queue: SinkQueue): void {
  queue.push((sink) => sink.openSegment({ segment: 0, recorder: 'baseline', mimeType: 'video/mp4' }));
  for (const byte of [1, 2, 3]) queue.push((sink) => sink.append(0, Uint8Array.of(byte), byte * 1_000));
  queue.pushEnd((sink) => sink.endSegment(0, 3_000));
}

it('holds back what is written until there is a sink, in order', async () => {
  const queue = new SinkQueue(() => undefined);
  fill(queue);
  const sink = new Sink();
  queue.attach(sink);
  await queue.drained();
  expect(sink.told).toEqual(['open 0', '0:1', '0:2', '0:3', 'end 0']);
});

it('tells once that a write failed, leaves no hole, and still ends the segment and itself', async () => {
  const errors: unknown[] = [];
  const queue = new SinkQueue((error) => errors.push(error));
  fill(queue);
  const sink = new Sink('0:2');
  queue.attach(sink);
  await queue.drained();
  expect(sink.told).toEqual(['open 0', '0:1', 'end 0']);
  expect(errors).toEqual([expect.objectContaining({ name: 'QuotaExceededError' })]);
});

it('writes nothing once abandoned', async () => {
  const queue = new SinkQueue(() => undefined);
  queue.abandon();
  fill(queue);
  const sink = new Sink();
  queue.attach(sink);
  await queue.drained();
  expect(sink.told).toEqual([]);
});
