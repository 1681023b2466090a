import type { RungName } from '@fairtake/capture';
import { qualityChange, type Quality } from './quality';

const said = (...rungs: (RungName | null)[]): Quality['said'] | undefined =>
  rungs.reduce<Quality | null>((before, rung) => qualityChange(before, rung), null)?.said;

describe('what is said about quality', () => {
  it.each<[string, (RungName | null)[], Quality['said'] | undefined]>([
    ['nothing before recording', [null], undefined],
    ['nothing at the quality a take began with', ['360p24', '360p24'], null],
    ['nothing when it only gets better', ['360p24', '540p30'], null],
    ['that it is smaller', ['720p30', '540p30'], 'smaller'],
    ['the same when it falls further', ['720p30', '540p30', '360p15'], 'smaller'],
    ['that only sound is left', ['720p30', '360p15', 'audio'], 'soundOnly'],
    ['that the picture is back', ['720p30', 'audio', '180p10'], 'pictureBack'],
    ['that it is whole again', ['720p30', '360p15', '720p30'], 'pictureBack'],
    ['the last thing while recorders change', ['720p30', '360p15', null], 'smaller'],
  ])('%s', (_what, rungs, expected) => expect(said(...rungs)).toBe(expected));
});
