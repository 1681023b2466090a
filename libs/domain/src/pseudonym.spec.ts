import { pseudonymNumber, referenceFrom } from './pseudonym';
import { shares, unscored } from './rubric';
import { textFor } from './localized-text';

describe('small words', () => {
  it('numbers candidates with two digits', () => {
    expect([pseudonymNumber(7), pseudonymNumber(123)]).toEqual(['07', '123']);
  });

  it('makes references without look-alikes', () => {
    expect(referenceFrom(Uint8Array.from([0, 1, 2, 3, 4, 255, 254, 9]))).toMatch(
      /^[34679CDFGHJKMNPQRTVWXY]{3}-[34679CDFGHJKMNPQRTVWXY]{4}$/,
    );
  });

  it('turns weights into shares', () => {
    expect(shares([1, 3])).toEqual([0.25, 0.75]);
  });

  it('names what is not scored', () => {
    const scores = [
      { criterionId: 'a', level: 3, cannotRate: null },
      { criterionId: 'b', level: null, cannotRate: 'technical' },
    ];
    expect(unscored(['a', 'b', 'c'], scores)).toEqual(['c']);
  });

  it.each([
    ['zh-CN', '你好'],
    ['zh-TW', '你好'],
    ['en-GB', 'Hello'],
    ['fr', 'Hello'],
  ])('speaks to a %s reader', (locale, expected) => {
    expect(textFor({ en: 'Hello', 'zh-CN': '你好' }, locale)).toBe(expected);
  });
});
