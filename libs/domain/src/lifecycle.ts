import type { BoardState, InterviewState, MediaState, TakeState } from '@fairtake/contracts';

/** Every change of state that may happen. Updates in the database are conditional on the previous state. */
export const takeTransitions: Record<TakeState, readonly TakeState[]> = {
  open: ['finalised', 'returned', 'discarded'],
  finalised: ['kept', 'discarded', 'returned'],
  kept: ['discarded'],
  discarded: ['kept'],
  returned: [],
};

export const mediaTransitions: Record<MediaState, readonly MediaState[]> = {
  none: ['processing', 'playable', 'failed'],
  processing: ['playable', 'finished', 'failed'],
  playable: ['finished', 'playable'],
  finished: ['finished'],
  failed: ['processing', 'playable'],
};

export const interviewTransitions: Record<InterviewState, readonly InterviewState[]> = {
  invited: ['started', 'withdrawn'],
  started: ['submitted', 'withdrawn'],
  submitted: ['withdrawn'],
  withdrawn: [],
};

/** States from which `to` may be reached, for `WHERE state = ANY(…)`. */
export function statesBefore<State extends string>(
  table: Record<State, readonly State[]>,
  to: State,
): State[] {
  return (Object.keys(table) as State[]).filter((from) => table[from].includes(to));
}

export interface InterviewFacts {
  state: InterviewState;
  reviewsSubmitted: number;
  reviewsExpected: number;
  shortlisted: boolean;
  decided: boolean;
}

/** Where an interview stands on the board, from facts alone: nobody keeps a second copy of it. */
export function boardState(facts: InterviewFacts): BoardState {
  if (facts.state === 'withdrawn') return 'withdrawn';
  if (facts.decided) return 'decided';
  if (facts.shortlisted) return 'shortlist';
  if (facts.state !== 'submitted') return facts.state;
  if (facts.reviewsExpected > 0 && facts.reviewsSubmitted >= facts.reviewsExpected) return 'reviewed';
  return facts.reviewsSubmitted > 0 ? 'in_review' : 'received';
}
