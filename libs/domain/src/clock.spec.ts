import { interviewMinutes, mayStartTake, recordingEndsAt } from './clock';

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
