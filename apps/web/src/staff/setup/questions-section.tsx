import { limits, positionDefaults, type QuestionDraft } from '@fairtake/contracts';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { v4 as randomId } from 'uuid';
import { useText } from '../words/use-text';
import { moved } from './cleaned-draft';
import { QuestionCard } from './question-card';
import { Section } from './section';
import classes from './setup.module.css';
import type { Setup } from './use-setup';

const newQuestion = (): QuestionDraft => ({
  questionId: randomId(),
  kind: 'video',
  text: {},
  thinkSeconds: positionDefaults.thinkSeconds,
  answerSeconds: positionDefaults.answerSeconds,
  takes: positionDefaults.takes,
  required: true,
});

/** Questions in the order candidates meet them. */
export function QuestionsSection({ setup, fixed }: { setup: Setup; fixed: boolean }) {
  const t = useText();
  const { draft, change } = setup;
  const [said, setSaid] = useState('');
  const [added, setAdded] = useState<string | null>(null);
  useEffect(() => {
    if (added) document.querySelector<HTMLElement>(`[data-question="${added}"] textarea`)?.focus();
  }, [added]);
  const add = () => {
    const question = newQuestion();
    change((current) => ({ ...current, questions: [...current.questions, question] }));
    setAdded(question.questionId);
  };
  const move = (index: number, by: 1 | -1) => {
    const to = index + by;
    if (to < 0 || to >= draft.questions.length) return;
    change((current) => ({ ...current, questions: moved(current.questions, index, by) }));
    setSaid(t('setup.movedTo', { number: to + 1, count: draft.questions.length }));
  };
  return (
    <Section
      id="setup-questions"
      title={t('setup.questions')}
      hint={draft.questions.length || undefined}
      pointer="/questions"
      fixed={fixed}
    >
      <ol className={classes.cards}>
        {draft.questions.map((question, index) => (
          <QuestionCard
            key={question.questionId}
            question={question}
            index={index}
            last={index === draft.questions.length - 1}
            languages={draft.languages}
            disabled={fixed}
            onMove={(by) => move(index, by)}
            onRemove={() =>
              change((current) => ({
                ...current,
                questions: current.questions.filter((each) => each.questionId !== question.questionId),
                criteria: current.criteria.map((criterion) => ({
                  ...criterion,
                  questionIds: criterion.questionIds.filter((id) => id !== question.questionId),
                })),
              }))
            }
            onChange={(next) =>
              change((current) => ({
                ...current,
                questions: current.questions.map((each) =>
                  each.questionId === next.questionId ? next : each,
                ),
              }))
            }
          />
        ))}
      </ol>
      <p className={classes.said} role="status">
        {said}
      </p>
      {!fixed && draft.questions.length < limits.questionsMax && (
        <Button variant="subtle" leftSection={<IconPlus size={16} stroke={1.5} />} onClick={add}>
          {t('setup.addQuestion')}
        </Button>
      )}
    </Section>
  );
}
