import type { PositionView } from '@fairtake/contracts';
import { publishProblems } from '@fairtake/domain';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../../api/api-client';
import { Page } from '../chrome/page';
import { PositionTabs } from '../chrome/position-tabs';
import { StatusDot } from '../chrome/status-dot';
import { changePositionState } from '../positions/position-queries';
import { SaveDot } from '../saving/save-dot';
import { useLocalized } from '../words/localized';
import { useText } from '../words/use-text';
import { hasUnnamedParts, unnamedCriteria, withoutEmptyFields } from './cleaned-draft';
import { FaultsContext, faultsByPointer, type FieldFault } from './field-faults';
import { FaultSummary } from './fault-summary';
import { QuestionsSection } from './questions-section';
import { RoleSection } from './role-section';
import { RubricSection } from './rubric-section';
import { RulesSection } from './rules-section';
import { SetupNotices } from './setup-notices';
import { SetupSummary } from './setup-summary';
import classes from './setup.module.css';
import { useSetup } from './use-setup';

/** The four parts of a position on one page, with what is still missing beside the fields once publishing was asked. */
export function SetupEditor({ opened }: { opened: PositionView }) {
  const t = useText();
  const words = useLocalized();
  const setup = useSetup(opened);
  const { position, draft } = setup;
  const [asked, setAsked] = useState(false);
  const [refused, setRefused] = useState<FieldFault[]>([]);
  const missing = [...publishProblems(withoutEmptyFields(draft), Date.now()), ...unnamedCriteria(draft)];

  const move = useMutation({
    mutationFn: async (change: 'publish' | 'close' | 'reopen') => {
      await setup.flush();
      return changePositionState(position.positionId, change);
    },
    onSuccess: (next) => {
      setAsked(false);
      setRefused([]);
      setup.adopt(next);
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === 'position_not_publishable')
        setRefused(error.problem.errors ?? []);
    },
  });
  const publish = () => {
    setAsked(true);
    setRefused([]);
    if (missing.length === 0) move.mutate('publish');
  };
  const faults = faultsByPointer(asked ? (missing.length > 0 ? missing : refused) : []);
  const fixed = position.state !== 'draft';
  const partlySaved = setup.status.kind === 'saved' && !fixed && hasUnnamedParts(draft);
  const title = words(draft.title) || t('setup.untitled');
  const actions = {
    draft: { words: 'setup.publish', run: publish },
    open: { words: 'setup.close', run: () => move.mutate('close') },
    closed: { words: 'setup.reopen', run: () => move.mutate('reopen') },
  } as const;
  const action = actions[position.state];

  return (
    <Page
      title={title}
      windowTitle={faults.size > 0 ? t('fault.windowTitle', { title }) : title}
      tabs={<PositionTabs positionId={position.positionId} />}
      status={
        partlySaved ? (
          <StatusDot tone="warn">{t('setup.partNotSaved')}</StatusDot>
        ) : (
          <SaveDot status={setup.status} />
        )
      }
      action={
        <Button
          variant={position.state === 'open' ? 'default' : 'filled'}
          loading={move.isPending}
          onClick={action.run}
        >
          {t(action.words)}
        </Button>
      }
      className={classes.page}
    >
      <FaultsContext value={faults}>
        <div className={classes.main}>
          <SetupNotices setup={setup} moveError={move.error} />
          {asked && <FaultSummary faults={faults} />}
          <RoleSection setup={setup} fixed={fixed} />
          <QuestionsSection setup={setup} fixed={fixed} />
          <RubricSection setup={setup} fixed={fixed} />
          <RulesSection setup={setup} fixed={fixed} />
        </div>
        <SetupSummary draft={draft} missing={fixed ? null : missing.length} />
      </FaultsContext>
    </Page>
  );
}
