import { isTextEntry, keyName, ownsKey } from './key-matching';

const press = (over: Partial<KeyboardEvent>) => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  keyCode: 0,
  ...over,
});

describe('keyName', () => {
  it.each([
    ['a digit of the row', { key: '&', code: 'Digit1' }, '1'],
    ['a digit of the number pad', { key: '4', code: 'Numpad4' }, '4'],
    ['a letter with caps lock', { key: 'J', code: 'KeyJ' }, 'j'],
    ['the space bar', { key: ' ', code: 'Space' }, 'Space'],
    ['a sign typed with Shift', { key: '?', code: 'Slash', shiftKey: true }, '?'],
    ['a sign on a digit key with Shift', { key: '!', code: 'Digit1', shiftKey: true }, '!'],
    ['an arrow', { key: 'ArrowDown', code: 'ArrowDown' }, 'ArrowDown'],
  ])('names %s', (_what, over, name) => {
    expect(keyName(press(over))).toBe(name);
  });

  it.each([
    ['an input method composing', { key: 'j', isComposing: true }],
    ['the key that opens a composition', { key: 'Process', keyCode: 229 }],
    ['Ctrl', { key: 'c', ctrlKey: true }],
    ['⌘', { key: 'c', metaKey: true }],
    ['Alt', { key: 'c', altKey: true }],
  ])('leaves alone %s', (_what, over) => {
    expect(keyName(press(over))).toBeNull();
  });
});

describe('isTextEntry', () => {
  it.each([
    [{ tagName: 'TEXTAREA' }, true],
    [{ tagName: 'SELECT' }, true],
    [{ tagName: 'INPUT', type: 'text' }, true],
    [{ tagName: 'INPUT' }, true],
    [{ tagName: 'DIV', isContentEditable: true }, true],
    [{ tagName: 'INPUT', type: 'radio' }, false],
    [{ tagName: 'BUTTON' }, false],
    [{ tagName: 'MAIN' }, false],
  ])('%j is %s', (target, expected) => {
    expect(isTextEntry(target)).toBe(expected);
  });
});

describe('ownsKey', () => {
  it.each([
    [{ tagName: 'BUTTON' }, 'Enter', true],
    [{ tagName: 'BUTTON' }, '3', false],
    [{ tagName: 'A' }, 'Enter', true],
    [{ tagName: 'A' }, 'Space', false],
    [{ tagName: 'INPUT', type: 'radio' }, 'Space', true],
    [{ tagName: 'INPUT', type: 'radio' }, 'ArrowDown', false],
    [{ tagName: 'INPUT', type: 'radio' }, 'Enter', false],
    [{ tagName: 'DIV', role: 'slider' }, 'ArrowLeft', true],
    [{ tagName: 'FIELDSET' }, 'Space', false],
  ])('%j and %s: %s', (target, name, expected) => {
    expect(ownsKey(target, name)).toBe(expected);
  });
});
