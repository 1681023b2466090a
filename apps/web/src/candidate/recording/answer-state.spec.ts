import type { TakeSnapshot } from '@fairtake/capture';
import type { CandidateInterview, CandidateQuestion } from '@fairtake/contracts';
import { answerState } from './answer-state';

const question = { questionId: 'q', takes: 2 } as CandidateQuestion;

function interview(takes: Record<string, string> = {}, keptTakeId: string | null = null): CandidateInterview {
  const list = Object.entries(takes).map(([takeId, state]) => ({ takeId, state, startedAt: '' }));
  return {
    answers: [{ questionId: 'q', keptTakeId, kept: keptTakeId !== null, takes: list }],
  } as unknown as CandidateInterview;
}

function take(takeId: string, change: Partial<TakeSnapshot> = {}): TakeSnapshot {
  const base = { takeId, questionId: 'q', phase: 'draining', saved: 'device', receipt: null };
  return { ...base, bytesProduced: 200, bytesAcknowledged: 0, ...change } as TakeSnapshot;
}

describe('where an answer is', () => {
  it('goes Saved on this device → Sending → Received', () => {
    const kept = { q: 'a' };
    expect(answerState(question, interview(), [take('a')], kept)).toMatchObject({
      state: 'device',
      percent: 0,
    });
    const sending = take('a', { saved: 'sending', bytesAcknowledged: 125 });
    expect(answerState(question, interview(), [sending], kept)).toMatchObject({
      state: 'sending',
      percent: 62,
    });
    const received = take('a', { saved: 'received', phase: 'done' });
    expect(answerState(question, interview(), [received], kept)).toMatchObject({
      state: 'received',
      percent: 100,
    });
  });

  it('is on this device until the server knows what was chosen while offline', () => {
    const state = answerState(question, interview(), [], {}, new Set(), new Set(['q']));
    expect(state.state).toBe('device');
  });

  it('never says 100 % before the server has verified the bytes', () => {
    const all = take('a', { saved: 'sending', bytesAcknowledged: 200 });
    expect(answerState(question, interview(), [all], { q: 'a' }).percent).toBe(99);
  });

  it('is not an answer until it was chosen', () => {
    expect(answerState(question, interview(), [], {}).state).toBe('open');
    expect(answerState(question, interview(), [take('a')], {}).state).toBe('undecided');
    expect(answerState(question, interview({ a: 'finalised' }), [], {}).state).toBe('undecided');
    expect(answerState(question, interview({ a: 'kept' }, 'a'), [], {}).state).toBe('received');
  });

  it('says so when a chosen recording could not be used', () => {
    expect(answerState(question, interview(), [take('a', { phase: 'refused' })], { q: 'a' }).state).toBe(
      'lost',
    );
    expect(answerState(question, interview(), [], {}, new Set(['q'])).state).toBe('lost');
  });
});

describe('tries', () => {
  it('counts each take once, known to the server or only here', () => {
    const state = answerState(question, interview({ a: 'finalised' }), [take('a'), take('b')], {});
    expect(state).toMatchObject({ tries: ['a', 'b'], takesLeft: 0 });
  });

  it('does not count what was given back, even before the server knows', () => {
    const state = answerState(question, interview({ a: 'open' }), [take('a', { phase: 'returned' })], {});
    expect(state).toMatchObject({ tries: [], takesLeft: 2 });
    expect(answerState(question, interview({ a: 'returned' }), [], {}).takesLeft).toBe(2);
  });

  it('are used up when faults gave back as many as the server takes, so nothing is recorded in vain', () => {
    const returned = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, 'returned']));
    const last = answerState(question, interview(returned(11)), [], {});
    expect(last).toMatchObject({ takesLeft: 1, faultsUsedUp: false });
    const none = answerState(question, interview(returned(11)), [take('here', { phase: 'returned' })], {});
    expect(none).toMatchObject({ takesLeft: 0, faultsUsedUp: true });
    const tried = answerState(question, interview({ a: 'finalised', b: 'finalised' }), [], {});
    expect(tried).toMatchObject({ takesLeft: 0, faultsUsedUp: false });
  });

  it('does not count a take whose page is gone, unless its bytes are here', () => {
    const gone = interview({ a: 'open' });
    gone.answers[0]!.takes[0]!.vanished = true;
    expect(answerState(question, gone, [], {}).tries).toEqual([]);
    expect(answerState(question, gone, [take('a', { phase: 'interrupted' })], {}).tries).toEqual(['a']);
  });
});
