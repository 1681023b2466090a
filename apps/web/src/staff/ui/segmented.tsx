import { useId, type ReactNode } from 'react';
import classes from './segmented.module.css';

type Choice<Value extends string> = { value: Value; words: ReactNode };
type SegmentedProps<Value extends string> = {
  name: string;
  value: Value;
  choices: Choice<Value>[];
  onChange: (value: Value) => void;
};

/** A few exclusive choices in one bar; native radios underneath. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { name, value, choices, onChange } = props;
  const group = useId();
  return (
    <div className={classes.segmented} role="radiogroup" aria-label={name}>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={group}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.words}</span>
        </label>
      ))}
    </div>
  );
}
