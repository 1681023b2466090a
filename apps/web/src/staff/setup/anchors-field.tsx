import type { CriterionDraft } from '@fairtake/contracts';
import { requiredAnchorLevels } from '@fairtake/domain';
import { Score } from '../ui/score';
import { useText } from '../words/use-text';
import { fieldId, useFault } from './field-faults';
import { LocalizedField } from './localized-field';
import classes from './setup.module.css';

type Anchors = CriterionDraft['anchors'];
type AnchorsFieldProps = {
  anchors: Anchors;
  languages: string[];
  pointer: string;
  disabled: boolean;
  onChange: (anchors: Anchors) => void;
};

/** What one sees or hears at each level, best on top; 1, 3 and 5 are needed. */
export function AnchorsField({ anchors, languages, pointer, disabled, onChange }: AnchorsFieldProps) {
  const t = useText();
  return (
    <div className={classes.anchors} role="group" aria-label={t('setup.anchors')}>
      <p className={classes.label}>{t('setup.anchors')}</p>
      {[5, 4, 3, 2, 1].map((level) => (
        <AnchorRow key={level} level={level} pointer={`${pointer}/${level}`}>
          <LocalizedField
            label={t('setup.anchorOf', { level })}
            hideLabel
            value={anchors.find((anchor) => anchor.level === level)?.text ?? {}}
            languages={languages}
            pointer={`${pointer}/${level}/text`}
            disabled={disabled}
            placeholder={
              requiredAnchorLevels.some((needed) => needed === level) ? '' : t('setup.anchorOptional')
            }
            onChange={(words) =>
              onChange([...anchors.filter((anchor) => anchor.level !== level), { level, text: words }])
            }
          />
        </AnchorRow>
      ))}
    </div>
  );
}

function AnchorRow(props: { level: number; pointer: string; children: React.ReactNode }) {
  const fault = useFault(props.pointer);
  return (
    <div className={classes.anchor} id={fieldId(props.pointer)}>
      <Score value={props.level} />
      <div>
        {props.children}
        {fault && <p className={classes.fault}>{fault}</p>}
      </div>
    </div>
  );
}
