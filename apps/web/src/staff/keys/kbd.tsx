import classes from './kbd.module.css';

/** A key as printed on the keyboard. Decoration: the control it stands in carries `aria-keyshortcuts`. */
export function Kbd({ name }: { name: string }) {
  return (
    <kbd className={classes.kbd} aria-hidden="true">
      {name}
    </kbd>
  );
}
