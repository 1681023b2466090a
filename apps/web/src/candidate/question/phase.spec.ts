import type { Take, TakeSnapshot } from '@fairtake/capture';
import type { CandidateAnswer } from '@fairtake/contracts';
import { leftOver, returnedBy, thinkSecondsLeft, tryNumber } from './phase';

const take = (takeId: string, phase: TakeSnapshot['phase'], kept = false) =>
  ({ takeId, getSnapshot: () => ({ takeId, phase, kept }) }) as unknown as Take;

const answer = (...states: string[]) =>
  ({
    takes: states.map((state, n) => ({ takeId: `t${n}`, state, startedAt: '2026-05-14T06:00:00Z' })),
  }) as unknown as CandidateAnswer;

describe('leftOver', () => {
  it('prefers a take that was cut: its bytes wait for a decision', () => {
    const found = leftOver([take('a', 'interrupted'), take('b', 'draining')], undefined, undefined);
    expect(found).toMatchObject({ kind: 'found', take: { takeId: 'a' } });
  });

  it('offers the newest recording nobody decided about', () => {
    const found = leftOver([take('a', 'draining'), take('b', 'parked')], undefined, undefined);
    expect(found).toMatchObject({ kind: 'review', take: { takeId: 'b' } });
  });

  it('leaves a chosen recording alone', () => {
    expect(leftOver([take('a', 'draining')], answer('finalised'), 'a')).toBeNull();
  });

  it('remembers a received recording this device has no copy of', () => {
    expect(leftOver([], answer('returned', 'finalised'), undefined)).toMatchObject({
      kind: 'received',
      takeId: 't1',
    });
  });

  it('does not bring back what was turned down by choosing another', () => {
    const chosen = { ...answer('finalised', 'kept'), keptTakeId: 't1' };
    expect(leftOver([], chosen, undefined)).toBeNull();
    expect(leftOver([], { ...answer('kept', 'finalised'), keptTakeId: 't0' }, undefined)).toMatchObject({
      takeId: 't1',
    });
  });

  it('finds nothing where nothing was', () => {
    expect(leftOver([take('a', 'returned'), take('b', 'refused')], answer('kept'), undefined)).toBeNull();
  });
});

describe('returnedBy', () => {
  it('tells a lost device from a stalled encoder', () => {
    expect(returnedBy({ kind: 'stalled', device: null, detail: '' }, false).reason).toBe('encoder_stalled');
    expect(returnedBy({ kind: 'device_ended', device: 'camera', detail: '' }, false)).toEqual({
      reason: 'device_lost',
      notice: { kind: 'returned', cause: 'device' },
    });
  });

  it('says that the screen locked when the page was hidden', () => {
    expect(returnedBy({ kind: 'device_muted', device: 'camera', detail: '' }, true).notice).toEqual({
      kind: 'returned',
      cause: 'hidden',
    });
  });
});

describe('thinkSecondsLeft', () => {
  const startedAt = '2026-05-14T06:00:00Z';
  const at = (seconds: number) => Date.parse(startedAt) + seconds * 1000;

  it('runs on the server’s clock and stops at zero', () => {
    expect(thinkSecondsLeft(60, startedAt, at(18))).toBe(42);
    expect(thinkSecondsLeft(60, startedAt, at(300))).toBe(0);
  });

  it('has no end when there is no limit, and the whole time before it was opened', () => {
    expect(thinkSecondsLeft(null, startedAt, at(5))).toBeNull();
    expect(thinkSecondsLeft(60, null, at(5))).toBe(60);
  });
});

describe('tryNumber', () => {
  it('counts the try being prepared, up to the last', () => {
    expect(tryNumber({ name: 'think', notice: null }, [], 2)).toBe(1);
    expect(tryNumber({ name: 'countdown', goOn: null }, ['a'], 2)).toBe(2);
    expect(tryNumber({ name: 'think', notice: null }, ['a', 'b'], 2)).toBe(2);
  });

  it('stays the same from the countdown to the recording of a cut take that goes on', () => {
    const cut = take('a', 'interrupted');
    expect(tryNumber({ name: 'countdown', goOn: cut }, ['a'], 2)).toBe(1);
    expect(tryNumber({ name: 'record', take: cut }, ['a'], 2)).toBe(1);
  });

  it('is the number of the recording on screen, also of an earlier one', () => {
    const tries = ['a', 'b', 'c'];
    expect(tryNumber({ name: 'review', take: take('a', 'parked'), blobs: [] }, tries, 3)).toBe(1);
    expect(tryNumber({ name: 'received', takeId: 'b', startedAt: '' }, tries, 3)).toBe(2);
    // Its page was gone, so it does not count yet; chosen, it will.
    expect(tryNumber({ name: 'received', takeId: 'x', startedAt: '' }, [], 3)).toBe(1);
  });
});
