import {
  boardState,
  mediaTransitions,
  statesBefore,
  takeTransitions,
  type InterviewFacts,
} from './lifecycle';

describe('boardState', () => {
  const submitted: InterviewFacts = {
    state: 'submitted',
    reviewsSubmitted: 0,
    reviewsExpected: 4,
    shortlisted: false,
    decided: false,
  };

  it.each([
    [{ state: 'invited' }, 'invited'],
    [{ state: 'started' }, 'started'],
    [{}, 'received'],
    [{ reviewsSubmitted: 1 }, 'in_review'],
    [{ reviewsSubmitted: 4 }, 'reviewed'],
    [{ reviewsExpected: 0 }, 'received'],
    [{ reviewsSubmitted: 4, shortlisted: true }, 'shortlist'],
    [{ shortlisted: true, decided: true }, 'decided'],
    [{ state: 'withdrawn', decided: true }, 'withdrawn'],
  ] as [Partial<InterviewFacts>, string][])('%j is %s', (facts, expected) => {
    expect(boardState({ ...submitted, ...facts })).toBe(expected);
  });
});

describe('statesBefore', () => {
  it('reads the tables backwards', () => {
    expect(statesBefore(takeTransitions, 'finalised')).toEqual(['open']);
    expect(statesBefore(takeTransitions, 'kept')).toEqual(['finalised', 'discarded']);
    expect(statesBefore(mediaTransitions, 'failed')).toEqual(['none', 'processing']);
  });
});
