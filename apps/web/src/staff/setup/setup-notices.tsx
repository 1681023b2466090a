import { Button } from '@mantine/core';
import { ApiProblem } from '../../api/api-client';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import classes from './setup.module.css';
import type { Setup } from './use-setup';

/** Where the position stands, and what keeps it from being saved. */
export function SetupNotices({ setup, moveError }: { setup: Setup; moveError: unknown }) {
  const t = useText();
  const { position, status, conflict } = setup;
  const refusedSave = status.kind === 'refused' && !conflict ? status.error : null;
  // Missing parts are told field by field; only other refusals need a notice of their own.
  const listed = moveError instanceof ApiProblem && moveError.code === 'position_not_publishable';
  return (
    <>
      {conflict && (
        <Notice tone="warn" role="alert">
          <p>{t('setup.conflict')}</p>
          <p className={classes.choices}>
            <Button size="compact-sm" onClick={() => void setup.settle('theirs')}>
              {t('setup.takeTheirs')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => void setup.settle('mine')}>
              {t('setup.keepMine')}
            </Button>
          </p>
        </Notice>
      )}
      <ProblemNotice error={refusedSave} />
      {!listed && <ProblemNotice error={moveError === refusedSave ? null : moveError} />}
      {position.state === 'open' && <Notice tone="info">{t('setup.fixedOpen')}</Notice>}
      {position.state === 'closed' && <Notice tone="info">{t('setup.fixedClosed')}</Notice>}
    </>
  );
}
