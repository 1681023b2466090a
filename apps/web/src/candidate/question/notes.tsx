import type { Notes as NotesStore } from '@fairtake/capture';
import { useEffect, useId, useRef, useState } from 'react';
import { useText } from '../messages';
import { classNames } from '../parts/class-names';
import ui from '../parts/ui.module.css';
import css from './question.module.css';

/** Where notes are kept; practice forgets them with the page. */
export type KeptNotes = Pick<NotesStore, 'read' | 'write'>;

/** Notes for the person alone. They survive a reload and never leave the device. */
export function Notes({ store, questionId }: { store: KeptNotes; questionId: string }) {
  const t = useText();
  const id = useId();
  const [text, setText] = useState('');
  const touched = useRef(false);

  useEffect(() => {
    let wanted = true;
    void store.read(questionId).then((kept) => {
      // What was typed while the journal was read is newer.
      if (wanted && !touched.current) setText(kept);
    });
    return () => {
      wanted = false;
    };
  }, [store, questionId]);

  return (
    <div className={css.notes}>
      <label htmlFor={id}>{t('notes.label')}</label>
      <p id={`${id}-hint`} className={classNames(ui.small, ui.muted)}>
        {t('notes.hint')}
      </p>
      <textarea
        id={id}
        rows={3}
        aria-describedby={`${id}-hint`}
        value={text}
        onChange={(event) => {
          touched.current = true;
          setText(event.target.value);
          void store.write(questionId, event.target.value);
        }}
      />
    </div>
  );
}
