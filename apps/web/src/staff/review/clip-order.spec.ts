import type { BatchClip } from '@fairtake/contracts';
import { nextOpenClip, openingClip } from './clip-order';

function clip(answerId: string, state: 'open' | 'submitted' | 'preparing' = 'open'): BatchClip {
  return {
    answerId,
    label: answerId,
    media: {
      answerId,
      state: state === 'preparing' ? 'processing' : 'finished',
      generation: 1,
      sources: state === 'preparing' ? [] : [{ kind: 'progressive', url: '/x', mimeType: 'video/mp4' }],
      posterUrl: null,
      durationSeconds: 1,
      audioOnly: false,
      failure: null,
      flagged: false,
      partialMissingSeconds: null,
      response: null,
    },
    review:
      state === 'submitted'
        ? {
            answerId,
            rubricId: 'r',
            state: 'submitted',
            version: 1,
            scores: [],
            comments: [],
            submittedAt: '2026-01-01T00:00:00Z',
          }
        : null,
  };
}

describe('nextOpenClip', () => {
  it.each([
    ['goes on to the next', [clip('a'), clip('b'), clip('c')], 'a', 'b'],
    ['passes over submitted ones', [clip('a'), clip('b', 'submitted'), clip('c')], 'a', 'c'],
    ['comes back to what was skipped', [clip('a'), clip('b'), clip('c')], 'c', 'a'],
    ['leaves what is being prepared to the end', [clip('a'), clip('b', 'preparing'), clip('c')], 'a', 'c'],
    [
      'offers what is being prepared when nothing else is left',
      [clip('a'), clip('b', 'preparing')],
      'a',
      'b',
    ],
    ['ends when all others are submitted', [clip('a'), clip('b', 'submitted')], 'a', null],
  ])('%s', (_what, clips, from, expected) => {
    expect(nextOpenClip(clips, from)?.answerId ?? null).toBe(expected);
  });
});

describe('openingClip', () => {
  it('opens the clip of the address even when it is submitted', () => {
    expect(openingClip([clip('a'), clip('b', 'submitted')], 'b')?.answerId).toBe('b');
  });
  it('opens the first open clip that plays', () => {
    expect(
      openingClip([clip('a', 'submitted'), clip('b', 'preparing'), clip('c')], undefined)?.answerId,
    ).toBe('c');
  });
  it('has nothing to open in an empty batch', () => {
    expect(openingClip([], 'x')).toBeNull();
  });
});
