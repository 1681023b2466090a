import { chooseReviewers } from './assignment';

describe('chooseReviewers', () => {
  it('takes those with the least open work', () => {
    const reviewers = [
      { memberId: 'a', openAssignments: 9 },
      { memberId: 'b', openAssignments: 0 },
      { memberId: 'c', openAssignments: 3 },
    ];
    expect(chooseReviewers(reviewers, 2, 'answer')).toEqual(['b', 'c']);
    expect(chooseReviewers(reviewers, 5, 'answer')).toHaveLength(3);
  });

  it('spreads ties over answers', () => {
    const reviewers = ['a', 'b', 'c', 'd'].map((memberId) => ({ memberId, openAssignments: 0 }));
    const firsts = new Set(
      Array.from({ length: 40 }, (_, i) => chooseReviewers(reviewers, 1, `answer-${i}`)[0]),
    );
    expect(firsts.size).toBe(4);
  });
});
