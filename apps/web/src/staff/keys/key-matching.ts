/** One key of a screen. Letters and signs match by what is typed, digits by their place on the keyboard. */
export type KeyName = string;

type Press = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'keyCode'
>;

/**
 * The name a binding is looked up by: `1` for Digit1 and Numpad1 (so French keyboards need no Shift), `Space`,
 * `ArrowUp`, a letter in lower case, or the sign typed. Null while an input method composes and for chords with
 * Ctrl, Alt or ⌘, which belong to the browser.
 */
export function keyName(press: Press): KeyName | null {
  if (press.isComposing || press.keyCode === 229) return null;
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(press.code);
  if (digit?.[1] && !press.shiftKey) return digit[1];
  if (press.key === ' ') return 'Space';
  return press.key.length === 1 ? press.key.toLowerCase() : press.key;
}

type Target = { tagName: string; type?: string; isContentEditable?: boolean; role?: string | null };

const typed = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range']);

/** True where keys are text: no shortcut may steal a letter there. */
export function isTextEntry(target: Target): boolean {
  if (target.isContentEditable) return true;
  if (target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  return target.tagName === 'INPUT' && !typed.has(target.type ?? 'text');
}

/** Keys a focused control already answers by itself: taking them would break it. */
export function ownsKey(target: Target, name: KeyName): boolean {
  const activates = name === 'Space' || name === 'Enter';
  if (target.tagName === 'BUTTON' || target.tagName === 'SUMMARY') return activates;
  if (target.tagName === 'A') return name === 'Enter';
  if (target.role === 'slider') return /^(Arrow|Home|End|Page)/.test(name);
  if (target.tagName !== 'INPUT') return false;
  if (target.type === 'radio') return name === 'Space' || name === 'ArrowLeft' || name === 'ArrowRight';
  if (target.type === 'range') return /^(Arrow|Home|End|Page)/.test(name);
  return activates;
}
