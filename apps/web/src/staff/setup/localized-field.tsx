import type { LocalizedText } from '@fairtake/contracts';
import { Textarea } from '@mantine/core';
import { useIntl } from 'react-intl';
import { languageName } from '../words/language-name';
import { useFault, fieldId } from './field-faults';
import classes from './setup.module.css';

type LocalizedFieldProps = {
  label: string;
  hideLabel?: boolean;
  value: LocalizedText;
  languages: string[];
  /** JSON pointer of the text in the draft, for faults and links to it. */
  pointer: string;
  placeholder?: string;
  strong?: boolean;
  maxLength?: number;
  disabled?: boolean;
  onChange: (value: LocalizedText) => void;
};

/** One text in every language of the position; the language is named when there are several. */
export function LocalizedField(props: LocalizedFieldProps) {
  return (
    <div className={classes.languages} id={fieldId(props.pointer)}>
      {props.languages.map((language) => (
        <OneLanguage key={language} {...props} language={language} />
      ))}
    </div>
  );
}

function OneLanguage(props: LocalizedFieldProps & { language: string }) {
  const { label, hideLabel, value, languages, pointer, language, onChange } = props;
  const intl = useIntl();
  const at = `${pointer}/${language}`;
  const error = useFault(at);
  const named = languageName(intl, language);
  const name = languages.length > 1 ? `${label} · ${named}` : label;
  return (
    <Textarea
      id={fieldId(at)}
      lang={language}
      label={hideLabel ? undefined : name}
      aria-label={hideLabel ? name : undefined}
      placeholder={hideLabel && languages.length > 1 ? props.placeholder || named : props.placeholder}
      value={value[language] ?? ''}
      maxLength={props.maxLength ?? 4_000}
      disabled={props.disabled}
      error={error}
      classNames={props.strong ? { input: classes.strong } : undefined}
      onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
    />
  );
}
