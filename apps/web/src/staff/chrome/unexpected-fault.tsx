import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import { StandingPage } from './standing-page';

/** A screen could not be drawn or its parts not fetched: says so and offers to try again. */
export function UnexpectedFault({ error, reset }: ErrorComponentProps) {
  const t = useText();
  return (
    <StandingPage title={t('fault.title')}>
      <ProblemNotice error={error} />
      <p style={{ marginTop: 16 }}>
        <Button variant="filled" onClick={() => (reset(), location.reload())}>
          {t('action.tryAgain')}
        </Button>
      </p>
    </StandingPage>
  );
}
