import { chooseLocale, localized } from './locale';

describe('chooseLocale', () => {
  it('lets a choice win over the browser', () => {
    expect(chooseLocale('en', ['zh-CN'])).toBe('en');
  });

  it('takes the browser’s first wish it can meet, in any region of the language', () => {
    expect(chooseLocale(null, ['fr-FR', 'zh-SG', 'en'])).toBe('zh-CN');
    expect(chooseLocale(null, ['en-US'])).toBe('en');
  });

  it('falls back to English, also from a choice nobody offers any more', () => {
    expect(chooseLocale('xx', ['fr'])).toBe('en');
  });
});

describe('localized', () => {
  it('tells the language the text is really in', () => {
    expect(localized({ en: 'Hello', 'zh-CN': '您好' }, 'zh-CN')).toEqual({ text: '您好', lang: 'zh-CN' });
    expect(localized({ 'zh-TW': '您好' }, 'zh-CN')).toEqual({ text: '您好', lang: 'zh-TW' });
    expect(localized({ fr: 'Bonjour', en: 'Hello' }, 'zh-CN')).toEqual({ text: 'Hello', lang: 'en' });
    expect(localized({ fr: 'Bonjour' }, 'en')).toEqual({ text: 'Bonjour', lang: 'fr' });
  });
});
