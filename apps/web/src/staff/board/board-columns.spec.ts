import type { BoardRow } from '@fairtake/contracts';
import { columns, timing } from './board-columns';

const now = Date.parse('2026-05-12T12:00:00Z');
const row = (over: Partial<BoardRow>): BoardRow => ({
  interviewId: 'i',
  name: 'Juniper Ashdown',
  email: null,
  state: 'invited',
  answersKept: 0,
  answersTotal: 2,
  reviewsSubmitted: 0,
  reviewsExpected: 0,
  score: null,
  shortlisted: false,
  opened: false,
  invitationRevoked: false,
  mediaFailures: 0,
  invitedAt: '2026-05-10T12:00:00Z',
  startedAt: null,
  submittedAt: null,
  deadlineAt: null,
  deadlinePaused: false,
  openRequests: 0,
  reviewDueAt: null,
  ...over,
});

describe('columns', () => {
  it('keeps the order of the pipeline and hides Withdrawn while nobody has', () => {
    expect(columns([], now).map((column) => column.state)).toEqual([
      'invited',
      'started',
      'received',
      'in_review',
      'reviewed',
      'shortlist',
      'decided',
    ]);
    expect(columns([row({ state: 'withdrawn' })], now).at(-1)?.state).toBe('withdrawn');
  });

  it('puts the longest waiting first and tells the middle age', () => {
    const [invited] = columns(
      [
        row({ interviewId: 'young', invitedAt: '2026-05-12T11:00:00Z' }),
        row({ interviewId: 'old', invitedAt: '2026-05-09T12:00:00Z' }),
        row({ interviewId: 'middle', invitedAt: '2026-05-11T12:00:00Z' }),
      ],
      now,
    );
    expect(invited?.rows.map((each) => each.interviewId)).toEqual(['old', 'middle', 'young']);
    expect(invited?.medianSeconds).toBe(24 * 3600);
  });
});

describe('timing', () => {
  it.each([
    [
      'lateness of reviewers',
      { state: 'in_review', submittedAt: '2026-05-11T00:00:00Z', reviewDueAt: '2026-05-12T07:00:00Z' },
      { kind: 'overdue', seconds: 5 * 3600 },
    ],
    [
      'time reviewers have',
      { state: 'received', submittedAt: '2026-05-12T00:00:00Z', reviewDueAt: '2026-05-12T18:00:00Z' },
      { kind: 'dueIn', seconds: 6 * 3600 },
    ],
    [
      'a deadline within a day',
      { deadlineAt: '2026-05-12T21:00:00Z' },
      { kind: 'closesIn', seconds: 9 * 3600 },
    ],
    [
      'when it was sent',
      { deadlineAt: '2026-06-12T21:00:00Z' },
      { kind: 'sent', at: '2026-05-10T12:00:00Z' },
    ],
    [
      'when it was received, once reviewed',
      { state: 'reviewed', submittedAt: '2026-05-11T00:00:00Z', reviewDueAt: '2026-05-11T01:00:00Z' },
      { kind: 'received', at: '2026-05-11T00:00:00Z' },
    ],
  ] as const)('tells %s', (_what, over, expected) => {
    expect(timing(row(over), now)).toEqual(expected);
  });
});
