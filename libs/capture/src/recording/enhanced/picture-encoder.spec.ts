import { isOverloaded } from './picture-encoder';

const looks = (look: { given: number; out: number; crowded: number }) => Array<typeof look>(8).fill(look);

describe('isOverloaded', () => {
  it.each([
    ['an encoder that keeps up', { given: 15, out: 15, crowded: 0 }, false],
    ['an encoder that is behind and gives a third', { given: 5, out: 5, crowded: 5 }, true],
    ['an encoder that is behind and still gives most', { given: 13, out: 13, crowded: 13 }, false],
    ['a camera in the dark', { given: 4, out: 4, crowded: 0 }, false],
  ])('judges %s', (_what, look, expected) => {
    expect(isOverloaded(looks(look), 4_000, 30)).toBe(expected);
  });
});
