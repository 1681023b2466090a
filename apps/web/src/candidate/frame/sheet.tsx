import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from '../parts/icon';
import { useText } from '../messages';
import css from './frame.module.css';

/** A modal sheet on the browser's own dialog: focus stays inside, Esc closes, focus returns. */
export function Sheet(props: { title: string; onClose: () => void; children: ReactNode }) {
  const t = useText();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} className={css.dialog} aria-labelledby="sheet-title" onClose={props.onClose}>
      <div className={css.dialogHead}>
        <h2 id="sheet-title">{props.title}</h2>
        <button type="button" className={css.close} aria-label={t('sheet.close')} onClick={props.onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className={css.dialogBody}>{props.children}</div>
    </dialog>
  );
}
