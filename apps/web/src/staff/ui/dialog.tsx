import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useText } from '../words/use-text';
import classes from './dialog.module.css';

type DialogProps = { open: boolean; onClose: () => void; title: string; children: ReactNode };

/** A layer over the page on the browser's own `<dialog>`: focus stays inside, Esc closes, focus returns. */
export function Dialog({ open, onClose, title, children }: DialogProps) {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (open && element && !element.open) element.showModal();
    if (!open && element?.open) element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      {open && (
        <div className={classes.body}>
          <header className={classes.head}>
            <h2 id={titleId}>{title}</h2>
            <ActionIcon aria-label={t('action.close')} onClick={() => dialog.current?.close()}>
              <IconX size={18} stroke={1.5} />
            </ActionIcon>
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
