import { answerInTime } from './answer-in-time';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('gives up when nothing answers', async () => {
  const asked = answerInTime(
    4_000,
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('late')))),
  );
  jest.advanceTimersByTime(4_000);
  await expect(asked).rejects.toThrow('late');
});

it('lets the body of an answer that has begun take its time', async () => {
  const signal = await answerInTime(4_000, async (given) => given);
  jest.advanceTimersByTime(60_000);
  expect(signal.aborted).toBe(false);
});
