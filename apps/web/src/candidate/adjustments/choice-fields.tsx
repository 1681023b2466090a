import type { AdjustmentChoice, AdjustmentKind } from '@fairtake/contracts';
import { useId } from 'react';
import { useText, type MessageId } from '../messages';
import css from './adjustments.module.css';

type FieldsProps = {
  choice: AdjustmentChoice;
  onChange: (choice: AdjustmentChoice) => void;
};

/** What a position may offer: time, tries, and other ways to answer. */
export function OfferedFields(props: FieldsProps & { offers: (kind: AdjustmentKind) => boolean }) {
  const { choice, onChange, offers } = props;
  const t = useText();
  const ways = wayBoxes.filter(({ kind }) => offers(kind));
  return (
    <>
      {offers('think_time') ? (
        <RadioGroup
          legend={t('adjust.think')}
          value={choice.thinkFactor}
          options={[...factorOptions, { value: null, label: 'adjust.noLimit' }]}
          onChange={(thinkFactor) => onChange({ ...choice, thinkFactor })}
        />
      ) : null}
      {offers('answer_time') ? (
        <RadioGroup
          legend={t('adjust.answer')}
          value={choice.answerFactor}
          options={factorOptions}
          onChange={(answerFactor) => onChange({ ...choice, answerFactor })}
        />
      ) : null}
      {offers('extra_takes') ? (
        <RadioGroup
          legend={t('adjust.takes')}
          value={choice.extraTakes}
          options={takeOptions}
          onChange={(extraTakes) => onChange({ ...choice, extraTakes })}
        />
      ) : null}
      {ways.length > 0 ? (
        <Boxes legend={t('adjust.ways')} boxes={ways} choice={choice} onChange={onChange} />
      ) : null}
    </>
  );
}

/** How the page looks: always one's own affair, and applied at once. */
export function LooksFields({ choice, onChange }: FieldsProps) {
  const t = useText();
  return <Boxes legend={t('adjust.looks')} boxes={lookBoxes} choice={choice} onChange={onChange} />;
}

const factorOptions = [
  { value: 1, label: 'adjust.asSet' },
  { value: 1.5, label: 'adjust.half' },
  { value: 2, label: 'adjust.double' },
] as const;
const takeOptions = [
  { value: 0, label: 'adjust.asSet' },
  { value: 1, label: 'adjust.takes.one' },
  { value: 2, label: 'adjust.takes.two' },
] as const;

type Flag = {
  [Key in keyof AdjustmentChoice]: AdjustmentChoice[Key] extends boolean ? Key : never;
}[keyof AdjustmentChoice];
type Box = { flag: Flag; label: MessageId; hint: MessageId };

const wayBoxes: readonly (Box & { kind: AdjustmentKind })[] = [
  { kind: 'audio_only', flag: 'audioOnly', label: 'adjust.audio', hint: 'adjust.audio.hint' },
  { kind: 'text_answers', flag: 'textAnswers', label: 'adjust.text', hint: 'adjust.text.hint' },
  {
    kind: 'questions_in_advance',
    flag: 'questionsInAdvance',
    label: 'adjust.advance',
    hint: 'adjust.advance.hint',
  },
];
const lookBoxes: readonly Box[] = [
  { flag: 'largerText', label: 'adjust.larger', hint: 'adjust.larger.hint' },
  { flag: 'reducedMotion', label: 'adjust.motion', hint: 'adjust.motion.hint' },
  { flag: 'hideCountdown', label: 'adjust.countdown', hint: 'adjust.countdown.hint' },
];

function RadioGroup<Value extends number | null>(props: {
  legend: string;
  value: Value;
  options: readonly { value: Value; label: MessageId }[];
  onChange: (value: Value) => void;
}) {
  const { legend, value, options, onChange } = props;
  const t = useText();
  const name = useId();
  return (
    <fieldset className={css.group}>
      <legend>{legend}</legend>
      <div className={css.across}>
        {options.map((option) => (
          <label key={option.label} className={css.option}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{t(option.label)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Boxes(props: FieldsProps & { legend: string; boxes: readonly Box[] }) {
  const { legend, boxes, choice, onChange } = props;
  const t = useText();
  return (
    <fieldset className={css.group}>
      <legend>{legend}</legend>
      {boxes.map(({ flag, label, hint }) => (
        <label key={flag} className={css.option}>
          <input
            type="checkbox"
            checked={choice[flag]}
            onChange={(event) => onChange({ ...choice, [flag]: event.currentTarget.checked })}
          />
          <span>
            {t(label)}
            <small>{t(hint)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
