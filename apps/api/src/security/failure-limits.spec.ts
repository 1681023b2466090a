import { AppError } from '@fairtake/server-kit';
import { Clock } from '../infrastructure.module';
import { ProcessFailureLimits } from './failure-limits';

class FixedClock extends Clock {
  ms = 1_000_000;
  override now(): Date {
    return new Date(this.ms);
  }
}
const limit = { name: 'test', failures: 3, windowSeconds: 60 };
const keys = [{ limit, key: 'a' }];
const refuse = (): Promise<never> => Promise.reject(new AppError('sign_in_refused'));

const succeed = (): Promise<void> => Promise.resolve();

const setUp = (): { clock: FixedClock; limits: ProcessFailureLimits } => {
  const clock = new FixedClock();
  return { clock, limits: new ProcessFailureLimits(clock) };
};

test('the fourth attempt waits until the first failure is out of the window', async () => {
  const { clock, limits } = setUp();
  for (let count = 0; count < 3; count += 1) {
    await expect(limits.attempt(keys, refuse)).rejects.toThrow();
    clock.ms += 10_000;
  }
  await expect(limits.attempt(keys, succeed)).rejects.toMatchObject({
    code: 'too_many_requests',
    options: { retryAfterSeconds: 30 },
  });
  clock.ms += 30_000;
  await limits.attempt(keys, succeed);
});

test('other keys stay open', async () => {
  const { limits } = setUp();
  for (let count = 0; count < 3; count += 1) await expect(limits.attempt(keys, refuse)).rejects.toThrow();
  await limits.attempt([{ limit, key: 'b' }], succeed);
});

test('successes and faults of ours do not count, refusals do', async () => {
  const { limits } = setUp();
  for (let count = 0; count < 10; count += 1) await limits.attempt(keys, () => Promise.resolve(1));
  const broken = (): Promise<never> => Promise.reject(new Error('database away'));
  for (let count = 0; count < 10; count += 1)
    await expect(limits.attempt(keys, broken)).rejects.toThrow('away');
  for (let count = 0; count < 3; count += 1)
    await expect(limits.attempt(keys, refuse)).rejects.toMatchObject({ code: 'sign_in_refused' });
  await expect(limits.attempt(keys, refuse)).rejects.toMatchObject({ code: 'too_many_requests' });
});

test('attempts at the same moment get no more tries than one after the other', async () => {
  const { limits } = setUp();
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => limits.attempt(keys, refuse)));
  const codes = results.map((result) =>
    result.status === 'rejected' ? (result.reason as AppError).code : '',
  );
  expect(codes.filter((code) => code === 'sign_in_refused')).toHaveLength(3);
});
