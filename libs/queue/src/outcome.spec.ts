import { DatabaseUnavailable } from '@fairtake/database';
import { JobTakenOver, JobTimedOut, PermanentJobError, TransientJobError, WorkerStopping } from './errors';
import { outcomeOf, type Standing } from './outcome';

const definition = { attempts: 3, backoffMs: 5_000 };
const standing = (attempts: number, delivery = attempts): Standing => ({ definition, attempts, delivery });

test.each([
  ['a crash', new Error('ffmpeg died')],
  ['running too long', new JobTimedOut(1_000)],
  ['no Error at all', 'thrown'],
])('a fault of the work (%s) is tried three times, twice as late each time', (_name, error) => {
  expect(outcomeOf(error, standing(1))).toEqual({ kind: 'retry', afterMs: 5_000, counted: true });
  expect(outcomeOf(error, standing(2))).toEqual({ kind: 'retry', afterMs: 10_000, counted: true });
  expect(outcomeOf(error, standing(3))).toEqual({ kind: 'give_up', failure: 'processing_failed' });
});

test('counted waiting does not depend on how often the queue was lost', () => {
  expect(outcomeOf(new Error('x'), standing(1, 40))).toMatchObject({ afterMs: 5_000 });
});

test.each([
  ['a full disk', new TransientJobError('disk full')],
  ['no database', new DatabaseUnavailable(new Error('gone'))],
])('a fault of the surroundings (%s) is never counted and never gives up', (_name, error) => {
  expect(outcomeOf(error, standing(3, 1))).toEqual({ kind: 'retry', afterMs: 5_000, counted: false });
  expect(outcomeOf(error, standing(3, 4))).toMatchObject({ afterMs: 40_000, counted: false });
  expect(outcomeOf(error, standing(3, 5_000))).toMatchObject({ afterMs: 300_000, counted: false });
});

test('bad media is given up at the first try, with its reason', () => {
  const error = new PermanentJobError('too_large', 'x');
  expect(outcomeOf(error, standing(1))).toEqual({ kind: 'give_up', failure: 'too_large' });
});

test('a stopping worker gives the job back at once, even on its last attempt', () => {
  expect(outcomeOf(new WorkerStopping(), standing(3))).toEqual({ kind: 'retry', afterMs: 0, counted: false });
});

test('a run that lost its job touches nothing', () => {
  expect(outcomeOf(new JobTakenOver(), standing(3))).toEqual({ kind: 'leave' });
});
