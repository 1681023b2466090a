import { limits } from '@fairtake/contracts';
import * as fc from 'fast-check';
import {
  interviewMinutes,
  interviewUploadsEndAt,
  mayOpenLate,
  mayStartTake,
  recordingEndsAt,
  shownDeadline,
  takeUploadsEndAt,
} from './clock';

const hourMs = 3_600_000;

describe('clock', () => {
  it('lets a take run for its limit and grace', () => {
    expect(recordingEndsAt(1_000, 120, 15)).toBe(1_000 + 135_000);
  });

  it('starts takes only before the deadline', () => {
    expect(mayStartTake(99, 100)).toBe(true);
    expect(mayStartTake(100, 100)).toBe(false);
    expect(mayStartTake(100, null)).toBe(true);
  });

  it('rounds the length of an interview up to five minutes', () => {
    expect(interviewMinutes([{ thinkSeconds: 60, answerSeconds: 60 }])).toBe(5);
    expect(interviewMinutes(Array(4).fill({ thinkSeconds: 60, answerSeconds: 120 }))).toBe(15);
    expect(interviewMinutes([{ thinkSeconds: null, answerSeconds: 61 }])).toBe(10);
  });
});

describe('a take that is opened after the deadline', () => {
  const deadlineAt = 100 * hourMs;
  const offlineSince = { deadlineAt, windowsIssuedAt: deadlineAt - 1, lateSince: null };

  it('is one that began while its page was offline', () => {
    expect(mayOpenLate(deadlineAt + hourMs, offlineSince, 60)).toBe(true);
  });

  it.each([
    ['no window was issued in time', { ...offlineSince, windowsIssuedAt: null }, hourMs],
    ['the window was issued at the deadline', { ...offlineSince, windowsIssuedAt: deadlineAt }, hourMs],
    ['the page stayed in touch', { ...offlineSince, lateSince: deadlineAt + 1 }, hourMs],
    ['the grace is over', offlineSince, 2 * hourMs + 75_001],
    ['there is no deadline', { ...offlineSince, deadlineAt: null }, hourMs],
  ])('is refused when %s', (_name, contacts, lateMs) => {
    expect(mayOpenLate(deadlineAt + lateMs, contacts, 60)).toBe(false);
  });

  it('may be opened for a while after coming back', () => {
    const back = { ...offlineSince, lateSince: deadlineAt + hourMs };
    expect(mayOpenLate(deadlineAt + hourMs + limits.lateOpenSeconds * 1000, back, 60)).toBe(true);
    expect(mayOpenLate(deadlineAt + hourMs + limits.lateOpenSeconds * 1000 + 1, back, 60)).toBe(false);
  });
});

describe('uploads of a take', () => {
  const take = (startedAt: number, openedLate = false) => ({
    startedAt,
    recordingEndsAt: startedAt + 75_000,
    openedLate,
  });

  it('never end without a deadline', () => {
    expect(takeUploadsEndAt(null, take(0))).toBeNull();
  });

  it('of a take begun long before the deadline end no sooner than of the last one', () => {
    expect(takeUploadsEndAt(100 * hourMs, take(0))).toBe(interviewUploadsEndAt(100 * hourMs, 60));
  });

  it('of a take opened late end with the others', () => {
    expect(takeUploadsEndAt(100 * hourMs, take(101 * hourMs, true))).toBe(
      interviewUploadsEndAt(100 * hourMs, 60),
    );
  });

  it('give every take that began in time its whole length and the grace, wherever the deadline moves', () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.nat(1e9),
        fc.integer({ min: 10, max: 3_600 }),
        (startedAt, deadlineAt, seconds) => {
          const ends = recordingEndsAt(startedAt, seconds, limits.graceSeconds);
          const until = takeUploadsEndAt(deadlineAt, {
            startedAt,
            recordingEndsAt: ends,
            openedLate: false,
          })!;
          expect(until).toBeGreaterThanOrEqual(ends + limits.deadlineGraceSeconds * 1000);
          expect(until).toBeGreaterThanOrEqual(interviewUploadsEndAt(deadlineAt, seconds));
        },
      ),
    );
  });
});

describe('a deadline that stands still', () => {
  it('moves with the clock until its pauses are used up', () => {
    expect(shownDeadline(100, 200, null, 150)).toBe(100);
    expect(shownDeadline(100, 200, 50, 80)).toBe(130);
    expect(shownDeadline(100, 200, 50, 500)).toBe(200);
  });
});
