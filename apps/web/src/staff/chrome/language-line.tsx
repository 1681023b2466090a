import { localeNames, supportedLocales } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import classes from './language-line.module.css';

/** Language choice for pages without the account menu; each language names itself. */
export function LanguageLine() {
  const { locale, setLocale } = useLocale();
  return (
    <>
      {supportedLocales.map((tag) => (
        <button
          key={tag}
          type="button"
          lang={tag}
          className={classes.language}
          aria-pressed={tag === locale}
          onClick={() => setLocale(tag)}
        >
          {localeNames[tag]}
        </button>
      ))}
    </>
  );
}
