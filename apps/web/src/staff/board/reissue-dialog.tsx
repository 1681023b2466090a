import type { BoardRow } from '@fairtake/contracts';
import { Button } from '@mantine/core';
import { Dialog } from '../ui/dialog';
import form from '../ui/form.module.css';
import { useText } from '../words/use-text';

type ReissueDialogProps = {
  /** Whose link is about to be replaced, or null. */
  row: BoardRow | null;
  onConfirm: (row: BoardRow) => void;
  onClose: () => void;
};

/** Asks before a new link ends the one the candidate already has. */
export function ReissueDialog({ row, onConfirm, onClose }: ReissueDialogProps) {
  const t = useText();
  const name = row?.name ?? '';
  return (
    <Dialog open={row !== null} onClose={onClose} title={t('board.reissueTitle', { name })}>
      <div className={form.form}>
        <p>{t('board.reissueWords', { name })}</p>
        <div className={form.actions}>
          <Button variant="subtle" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button variant="filled" onClick={() => row && onConfirm(row)}>
            {t('board.reissueConfirm')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
