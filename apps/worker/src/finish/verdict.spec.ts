import type { MediaSummary } from '@fairtake/media';
import { verdictOf, type Evidence } from './verdict';

const picture: MediaSummary = {
  durationSeconds: 30,
  frames: 900,
  video: { codec: 'vp8', width: 640, height: 360 },
  audio: { codec: 'opus' },
};
const sound: MediaSummary = { durationSeconds: 30, frames: 0, audio: { codec: 'opus' } };
const evidence = (change: Partial<Evidence>): Evidence => ({
  ...{ recorded: [picture], declaredSeconds: 30, renditionSeconds: null, complaints: false },
  allowedSeconds: 1_815,
  ...change,
});

test('a whole answer is not flagged', () => {
  expect(verdictOf(evidence({}))).toEqual({ durationSeconds: 30, audioOnly: false, flagged: false });
});

test('recorder starts add up', () => {
  const recorded = [picture, sound];
  expect(verdictOf(evidence({ recorded, declaredSeconds: 60.4 }))).toEqual({
    ...{ durationSeconds: 60, audioOnly: false, flagged: false },
  });
});

test('sound alone is an answer', () => {
  expect(verdictOf(evidence({ recorded: [sound] }))).toMatchObject({ audioOnly: true, flagged: false });
});

test.each<[string, Partial<Evidence>, boolean]>([
  ['half a second less than declared', { declaredSeconds: 30.5 }, false],
  ['a little more than half a second', { declaredSeconds: 30.6 }, true],
  [
    'one percent of a long answer',
    { recorded: [{ ...picture, durationSeconds: 594 }], declaredSeconds: 600 },
    false,
  ],
  [
    'more than one percent of it',
    { recorded: [{ ...picture, durationSeconds: 593 }], declaredSeconds: 600 },
    true,
  ],
  ['no duration declared', { declaredSeconds: null }, false],
  ['a little more than was allowed', { allowedSeconds: 26 }, false],
  ['much more than was allowed', { allowedSeconds: 24 }, true],
  ['a rendition that lost the end', { renditionSeconds: 20 }, true],
  ['a decoder that complains', { complaints: true }, true],
  ['a video track without pictures', { recorded: [{ ...picture, frames: 0 }] }, true],
])('%s: flagged is decided', (_name, change, flagged) => {
  expect(verdictOf(evidence(change)).flagged).toBe(flagged);
});
