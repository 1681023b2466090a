import {
  FileType,
  fileTypes,
  limits,
  type ChoiceSettings,
  type FileSettings,
  type QuestionDraft,
  type QuestionSettings,
  type TextSettings,
} from '@fairtake/contracts';
import { settingsOf } from '@fairtake/domain';
import { ActionIcon, Button, Checkbox, NativeSelect } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { v4 as randomId } from 'uuid';
import { useText } from '../words/use-text';
import { moved } from './cleaned-draft';
import { fieldId, useFault } from './field-faults';
import { LocalizedField } from './localized-field';
import classes from './setup.module.css';

type KindSettingsProps = {
  question: QuestionDraft;
  languages: string[];
  /** JSON pointer of the question. */
  pointer: string;
  disabled: boolean;
  onChange: (settings: QuestionSettings) => void;
};

/** What a text, choice or file question needs beside its words and times. */
export function KindSettings(props: KindSettingsProps) {
  const { question } = props;
  const settings = settingsOf(question);
  switch (settings?.kind) {
    case 'text':
      return <TextFields {...props} settings={settings} />;
    case 'choice':
      return <ChoiceFields {...props} settings={settings} />;
    case 'file':
      return <FileFields {...props} settings={settings} />;
    default:
      return question.kind === 'screen' ? <ScreenHint /> : null;
  }
}

const characterChoices = [280, 500, 1_000, 2_000, 3_000, 5_000, 10_000, limits.textCharactersMax];
const megabyteChoices = [1, 5, 10, 20, limits.fileMegabytesMax];
const withPresent = (choices: number[], present: number): number[] =>
  [...new Set([...choices, present])].sort((a, b) => a - b);

function ScreenHint() {
  const t = useText();
  return <p className={classes.hint}>{t('setup.screenHint')}</p>;
}

function TextFields({ settings, disabled, onChange }: KindSettingsProps & { settings: TextSettings }) {
  const t = useText();
  return (
    <div className={classes.selects}>
      <NativeSelect
        label={t('setup.maxCharacters')}
        disabled={disabled}
        value={String(settings.maxCharacters)}
        data={withPresent(characterChoices, settings.maxCharacters).map((count) => ({
          value: String(count),
          label: t('setup.characters', { count }),
        }))}
        onChange={(event) => onChange({ ...settings, maxCharacters: Number(event.currentTarget.value) })}
      />
    </div>
  );
}

function ChoiceFields(props: KindSettingsProps & { settings: ChoiceSettings }) {
  const { settings, languages, disabled, onChange } = props;
  const t = useText();
  const pointer = `${props.pointer}/settings`;
  const tooFew = useFault(`${pointer}/options`);
  const impossible = useFault(`${pointer}/maxChosen`);
  const { options, minChosen, maxChosen } = settings;
  const change = (next: Partial<ChoiceSettings>) => onChange({ ...settings, ...next });
  const counts = Array.from({ length: Math.max(options.length, maxChosen, 2) }, (_, i) => String(i + 1));
  return (
    <>
      <fieldset className={classes.options} id={fieldId(`${pointer}/options`)} disabled={disabled}>
        <legend>{t('setup.options')}</legend>
        {tooFew && <p className={classes.fault}>{tooFew}</p>}
        {options.map((option, index) => (
          <div key={option.optionId} className={classes.option}>
            <LocalizedField
              label={t('setup.option', { number: index + 1 })}
              value={option.text}
              languages={languages}
              pointer={`${pointer}/options/${index}/text`}
              maxLength={500}
              disabled={disabled}
              onChange={(text) =>
                change({ options: options.map((one) => (one === option ? { ...one, text } : one)) })
              }
            />
            {!disabled && (
              <OptionActions
                number={index + 1}
                last={index === options.length - 1}
                onMove={(by) => change({ options: moved(options, index, by) })}
                onRemove={() => change({ options: options.filter((one) => one !== option) })}
              />
            )}
          </div>
        ))}
        {!disabled && options.length < limits.choiceOptionsMax && (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} stroke={1.5} />}
            onClick={() => change({ options: [...options, { optionId: randomId(), text: {} }] })}
          >
            {t('setup.addOption')}
          </Button>
        )}
      </fieldset>
      <div className={classes.selects}>
        <NativeSelect
          label={t('setup.minChosen')}
          disabled={disabled}
          value={String(minChosen)}
          data={counts}
          onChange={({ currentTarget: { value } }) =>
            change({ minChosen: Number(value), maxChosen: Math.max(Number(value), maxChosen) })
          }
        />
        <NativeSelect
          id={fieldId(`${pointer}/maxChosen`)}
          label={t('setup.maxChosen')}
          disabled={disabled}
          error={impossible}
          value={String(maxChosen)}
          data={counts}
          onChange={({ currentTarget: { value } }) =>
            change({ maxChosen: Number(value), minChosen: Math.min(Number(value), minChosen) })
          }
        />
      </div>
    </>
  );
}

function OptionActions(props: {
  number: number;
  last: boolean;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}) {
  const { number, last, onMove, onRemove } = props;
  const t = useText();
  return (
    <span>
      <ActionIcon
        aria-label={t('setup.moveOptionUp', { number })}
        disabled={number === 1}
        onClick={() => onMove(-1)}
      >
        <IconArrowUp size={16} stroke={1.5} />
      </ActionIcon>
      <ActionIcon
        aria-label={t('setup.moveOptionDown', { number })}
        disabled={last}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={16} stroke={1.5} />
      </ActionIcon>
      <ActionIcon aria-label={t('setup.removeOption', { number })} onClick={onRemove}>
        <IconTrash size={16} stroke={1.5} />
      </ActionIcon>
    </span>
  );
}

function FileFields({ settings, disabled, onChange }: KindSettingsProps & { settings: FileSettings }) {
  const t = useText();
  const { types, maxMegabytes } = settings;
  return (
    <>
      <Checkbox.Group
        label={t('setup.fileTypes')}
        value={types}
        onChange={(chosen) => {
          const next = fileTypes.filter((type) => chosen.includes(type)).map((type) => FileType.parse(type));
          // A question that takes no file at all asks for nothing.
          if (next.length > 0) onChange({ ...settings, types: next });
        }}
      >
        <div className={classes.checks}>
          {fileTypes.map((type) => (
            <Checkbox key={type} value={type} label={t(`fileType.${type}`)} disabled={disabled} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.selects}>
        <NativeSelect
          label={t('setup.maxMegabytes')}
          disabled={disabled}
          value={String(maxMegabytes)}
          data={withPresent(megabyteChoices, maxMegabytes).map((count) => ({
            value: String(count),
            label: t('setup.megabytes', { count }),
          }))}
          onChange={(event) => onChange({ ...settings, maxMegabytes: Number(event.currentTarget.value) })}
        />
      </div>
      <p className={classes.hint}>{t('setup.fileHint')}</p>
    </>
  );
}
