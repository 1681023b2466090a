import type { RubricCriterion } from '@fairtake/contracts';
import { useRef, useState, type RefObject } from 'react';

export type RubricFocus = {
  /** The criterion the digits score. */
  focusedId: string | null;
  setFocusedId: (criterionId: string) => void;
  /** Gives a criterion's group focus: Space still plays there, Tab leads into its radios. */
  moveTo: (criterionId: string) => void;
  step: (by: 1 | -1) => void;
  openCannotRate: () => void;
  panel: RefObject<HTMLFormElement | null>;
  submit: RefObject<HTMLButtonElement | null>;
};

/** Which criterion is being scored, and how focus travels between criteria. */
export function useRubricFocus(criteria: readonly RubricCriterion[]): RubricFocus {
  const [focusedId, setFocusedId] = useState<string | null>(criteria[0]?.criterionId ?? null);
  const panel = useRef<HTMLFormElement>(null);
  const submit = useRef<HTMLButtonElement>(null);
  const group = (criterionId: string) =>
    panel.current?.querySelector<HTMLElement>(`[data-criterion="${criterionId}"]`);
  const moveTo = (criterionId: string) => {
    setFocusedId(criterionId);
    const element = group(criterionId);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'nearest' });
  };
  return {
    focusedId,
    setFocusedId,
    moveTo,
    step: (by) => {
      const at = criteria.findIndex((criterion) => criterion.criterionId === focusedId);
      const to = criteria[at + by];
      if (to) moveTo(to.criterionId);
    },
    openCannotRate: () => {
      if (focusedId) group(focusedId)?.querySelector<HTMLElement>('[data-cannot-rate]')?.click();
    },
    panel,
    submit,
  };
}
