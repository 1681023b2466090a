import { WorkGate } from './work-gate';

test('two run, two wait their turn, the fifth is refused; a failure frees its place', async () => {
  const gate = new WorkGate({ running: 2, waiting: 2 });
  const begun: number[] = [];
  const ends: ((failed?: Error) => void)[] = [];
  const start = (number: number): Promise<void> =>
    gate.run(() => {
      begun.push(number);
      return new Promise((resolve, reject) => ends.push((failed) => (failed ? reject(failed) : resolve())));
    });
  const first = start(1);
  const others = [start(2), start(3), start(4)];
  await expect(start(5)).rejects.toMatchObject({ code: 'unavailable' });
  expect(begun).toEqual([1, 2]);
  ends[0]!(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await Promise.resolve();
  expect(begun).toEqual([1, 2, 3]);
  ends[1]!();
  await others[0];
  await Promise.resolve();
  expect(begun).toEqual([1, 2, 3, 4]);
  ends[2]!();
  ends[3]!();
  await Promise.all(others);
  const again = start(6);
  expect(begun.at(-1)).toBe(6);
  ends[4]!();
  await again;
});
