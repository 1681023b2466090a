import { Kbd } from '../keys/kbd';
import { Dialog } from '../ui/dialog';
import { useText } from '../words/use-text';
import classes from './shortcut-sheet.module.css';
import { useShortcutSheet } from './shortcut-sheet-switch';

export type Shortcut = {
  /** Names as `keyName` gives them; any of them does. */
  keys: string[];
  /** What is printed on those keys. */
  shown: string[];
  words: string;
  act: (event: KeyboardEvent) => void | false;
};

/** The keys of this screen, and the one rule about them. */
export function ShortcutSheet({ shortcuts }: { shortcuts: Shortcut[] }) {
  const t = useText();
  const sheet = useShortcutSheet();
  return (
    <Dialog open={sheet.open} onClose={() => sheet.setOpen(false)} title={t('keys.title')}>
      <ul className={classes.list}>
        {shortcuts.map((shortcut) => (
          <li key={shortcut.words}>
            <span>{shortcut.words}</span>
            <span className={classes.keys}>
              {shortcut.shown.map((key) => (
                <Kbd key={key} name={key} />
              ))}
              <span className={classes.spoken}>{shortcut.shown.join(', ')}</span>
            </span>
          </li>
        ))}
        <li>
          <span>{t('keys.sheet')}</span>
          <span className={classes.keys}>
            <Kbd name="?" />
          </span>
        </li>
      </ul>
      <p className={classes.rule}>{t('keys.rule')}</p>
    </Dialog>
  );
}
