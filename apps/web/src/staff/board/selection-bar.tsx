import { ActionIcon, Button } from '@mantine/core';
import { IconColumns, IconX } from '@tabler/icons-react';
import { Kbd } from '../keys/kbd';
import { useText } from '../words/use-text';
import classes from './selection-bar.module.css';
import { compareMax } from './use-board';

type SelectionBarProps = { count: number; onCompare: () => void; onClear: () => void };

/** What can be done with the people selected; floats over the board while there are any. */
export function SelectionBar({ count, onCompare, onClear }: SelectionBarProps) {
  const t = useText();
  if (count === 0) return null;
  const fits = count >= 2 && count <= compareMax;
  return (
    <div className={classes.bar} role="region" aria-label={t('board.selection')}>
      <b className={classes.count} role="status">
        {t('board.selected', { count })}
      </b>
      {!fits && (
        <span className={classes.hint}>{t(count < 2 ? 'board.selectOneMore' : 'board.selectFewer')}</span>
      )}
      <Button
        variant="subtle"
        disabled={!fits}
        leftSection={<IconColumns size={16} stroke={1.5} />}
        rightSection={<Kbd name="C" />}
        onClick={onCompare}
      >
        {t('board.compare')}
      </Button>
      <ActionIcon aria-label={t('board.clearSelection')} onClick={onClear}>
        <IconX size={16} stroke={1.5} />
      </ActionIcon>
    </div>
  );
}
