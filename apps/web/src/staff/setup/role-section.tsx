import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import card from '../ui/card.module.css';
import form from '../ui/form.module.css';
import { useTimeWords } from '../words/time-words';
import { languageName } from '../words/language-name';
import { useText } from '../words/use-text';
import { fieldId, useFault } from './field-faults';
import { LocalizedField } from './localized-field';
import { ReviewersField } from './reviewers-field';
import { Section } from './section';
import classes from './setup.module.css';
import type { Setup } from './use-setup';
import { instantInZone, localInZone, timeZones } from './zoned-time';

/** Languages a candidate can be asked in: those the candidate's pages speak. */
const languagesOffered = ['en', 'zh-CN'];

/** Title, languages, deadline, reviewers. */
export function RoleSection({ setup, fixed }: { setup: Setup; fixed: boolean }) {
  const t = useText();
  const { draft, change } = setup;
  return (
    <Section id="setup-role" title={t('setup.role')}>
      <div className={`${card.card} ${classes.panel}`}>
        <LanguagesField setup={setup} fixed={fixed} />
        <LocalizedField
          label={t('setup.title')}
          value={draft.title}
          languages={draft.languages}
          pointer="/title"
          maxLength={200}
          onChange={(title) => change((current) => ({ ...current, title }))}
        />
        <DeadlineField setup={setup} />
        <ReviewersField setup={setup} />
      </div>
    </Section>
  );
}

function LanguagesField({ setup: { draft, change }, fixed }: { setup: Setup; fixed: boolean }) {
  const t = useText();
  const intl = useIntl();
  const offered = [...new Set([...languagesOffered, ...draft.languages])];
  return (
    <fieldset className={classes.checks} disabled={fixed}>
      <legend>{t('setup.languages')}</legend>
      {offered.map((language) => {
        const on = draft.languages.includes(language);
        return (
          <Checkbox
            key={language}
            label={languageName(intl, language)}
            checked={on}
            disabled={fixed || (on && draft.languages.length === 1)}
            onChange={() =>
              change((current) => ({
                ...current,
                languages: on
                  ? current.languages.filter((each) => each !== language)
                  : [...current.languages, language],
              }))
            }
          />
        );
      })}
    </fieldset>
  );
}

function DeadlineField({ setup: { draft, change } }: { setup: Setup }) {
  const t = useText();
  const time = useTimeWords();
  const error = useFault('/deadlineAt');
  const [local, setLocal] = useState(draft.deadlineAt ? localInZone(draft.deadlineAt, draft.timeZone) : '');
  const write = (nextLocal: string, timeZone: string) => {
    setLocal(nextLocal);
    change((current) => ({
      ...current,
      timeZone,
      deadlineAt: nextLocal ? (instantInZone(nextLocal, timeZone) ?? current.deadlineAt) : null,
    }));
  };
  return (
    <div>
      <div className={form.pair}>
        <TextInput
          id={fieldId('/deadlineAt')}
          type="datetime-local"
          label={t('setup.deadline')}
          value={local}
          error={error}
          onChange={(event) => write(event.currentTarget.value, draft.timeZone)}
        />
        <NativeSelect
          id={fieldId('/timeZone')}
          label={t('setup.timeZone')}
          value={draft.timeZone}
          error={useFault('/timeZone')}
          data={timeZones(draft.timeZone)}
          onChange={(event) => write(local, event.currentTarget.value)}
        />
      </div>
      <p className={`${card.muted} ${card.small}`}>
        {draft.deadlineAt
          ? t('setup.deadlineSaid', { at: time.dateTime(draft.deadlineAt, draft.timeZone) })
          : t('setup.noDeadline')}
      </p>
    </div>
  );
}
