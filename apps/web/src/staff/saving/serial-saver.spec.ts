import { ApiProblem, NetworkFault } from '../../api/api-client';
import { SerialSaver } from './serial-saver';

const refusal = new ApiProblem({
  type: 'about:blank',
  title: '',
  status: 409,
  code: 'state_conflict',
  requestId: '',
});

function rig() {
  const sent: string[] = [];
  const answers: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  const saver = new SerialSaver<string>({
    delayMs: 100,
    retryMs: [1_000],
    save: (value) =>
      new Promise((resolve, reject) => {
        sent.push(value);
        answers.push({ resolve, reject });
      }),
  });
  const answer = async (index: number, error?: unknown) => {
    if (error) answers[index]!.reject(error);
    else answers[index]!.resolve();
    await jest.advanceTimersByTimeAsync(0);
  };
  return { saver, sent, answer };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('sends only the newest of quick changes, after the quiet time', async () => {
  const { saver, sent, answer } = rig();
  saver.set('a');
  await jest.advanceTimersByTimeAsync(60);
  saver.set('b');
  await jest.advanceTimersByTimeAsync(99);
  expect(sent).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(sent).toEqual(['b']);
  await answer(0);
  expect(saver.status().kind).toBe('saved');
});

it('never has two requests under way, and sends what changed meanwhile afterwards', async () => {
  const { saver, sent, answer } = rig();
  saver.set('a');
  await jest.advanceTimersByTimeAsync(100);
  saver.set('b');
  await jest.advanceTimersByTimeAsync(500);
  expect(sent).toEqual(['a']);
  await answer(0);
  await jest.advanceTimersByTimeAsync(100);
  expect(sent).toEqual(['a', 'b']);
});

it('flushes everything outstanding before it resolves', async () => {
  const { saver, sent, answer } = rig();
  saver.set('a');
  let flushed = false;
  const done = saver.flush().then(() => (flushed = true));
  await jest.advanceTimersByTimeAsync(0);
  saver.set('b');
  await answer(0);
  expect(sent).toEqual(['a', 'b']);
  expect(flushed).toBe(false);
  await answer(1);
  await done;
  expect(flushed).toBe(true);
});

it('tries again by itself when no answer came', async () => {
  const { saver, sent, answer } = rig();
  saver.set('a');
  await jest.advanceTimersByTimeAsync(100);
  await answer(0, new NetworkFault('silence'));
  expect(saver.status().kind).toBe('waiting');
  await jest.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual(['a', 'a']);
});

it('stops at a refusal, keeps the value, and sends it when told to resume', async () => {
  const { saver, sent, answer } = rig();
  saver.set('a');
  const flushed = expect(saver.flush()).rejects.toBe(refusal);
  await jest.advanceTimersByTimeAsync(0);
  await answer(0, refusal);
  await flushed;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual(['a']);
  expect(saver.status()).toEqual({ kind: 'refused', error: refusal });
  saver.resume();
  await jest.advanceTimersByTimeAsync(0);
  expect(sent).toEqual(['a', 'a']);
});
