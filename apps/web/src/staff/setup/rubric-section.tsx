import { limits, type CriterionDraft } from '@fairtake/contracts';
import { shares } from '@fairtake/domain';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { v4 as randomId } from 'uuid';
import { useText } from '../words/use-text';
import { moved } from './cleaned-draft';
import { CriterionCard } from './criterion-card';
import { Section } from './section';
import classes from './setup.module.css';
import type { Setup } from './use-setup';

/** What is scored: criteria with observable anchors, the questions they score, their shares. */
export function RubricSection({ setup, fixed }: { setup: Setup; fixed: boolean }) {
  const t = useText();
  const { draft, change, position } = setup;
  const [added, setAdded] = useState<string | null>(null);
  useEffect(() => {
    if (added) document.querySelector<HTMLElement>(`[data-criterion="${added}"] textarea`)?.focus();
  }, [added]);
  const share = shares(draft.criteria.map((criterion) => criterion.weight));
  const add = () => {
    const criterion: CriterionDraft = {
      criterionId: randomId(),
      name: {},
      lookFor: null,
      weight: 1,
      anchors: [],
      // With one question there is nothing to choose; with several the choice is made on purpose.
      questionIds: draft.questions.length === 1 ? draft.questions.map((question) => question.questionId) : [],
    };
    change((current) => ({ ...current, criteria: [...current.criteria, criterion] }));
    setAdded(criterion.criterionId);
  };
  return (
    <Section
      id="setup-rubric"
      title={t('setup.rubric')}
      hint={t('setup.rubricVersion', { version: position.rubricVersion })}
      pointer="/criteria"
      fixed={fixed}
    >
      <ol className={classes.cards}>
        {draft.criteria.map((criterion, index) => (
          <CriterionCard
            key={criterion.criterionId}
            criterion={criterion}
            index={index}
            last={index === draft.criteria.length - 1}
            share={share[index] ?? 0}
            draft={draft}
            disabled={fixed}
            onMove={(by) =>
              change((current) => ({ ...current, criteria: moved(current.criteria, index, by) }))
            }
            onRemove={() =>
              change((current) => ({
                ...current,
                criteria: current.criteria.filter((each) => each.criterionId !== criterion.criterionId),
              }))
            }
            onChange={(next) =>
              change((current) => ({
                ...current,
                criteria: current.criteria.map((each) =>
                  each.criterionId === next.criterionId ? next : each,
                ),
              }))
            }
          />
        ))}
      </ol>
      {!fixed && draft.criteria.length < limits.criteriaMax && (
        <Button variant="subtle" leftSection={<IconPlus size={16} stroke={1.5} />} onClick={add}>
          {t('setup.addCriterion')}
        </Button>
      )}
    </Section>
  );
}
