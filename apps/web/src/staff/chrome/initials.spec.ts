import { initials } from './initials';

it.each([
  ['Rex', 'R'],
  ['Néw Person', 'NP'],
  ['  ada  king lovelace ', 'AL'],
  ['E\u0301mile', 'É'],
  ['王小明', '小明'],
  ['李', '李'],
  ['', ''],
])('shortens "%s" to "%s"', (name, expected) => {
  expect(initials(name)).toBe(expected);
});
