import { isMissingPart } from './missing-part';

it.each([
  ['Failed to fetch dynamically imported module: https://x.example/assets/question-1.js', true],
  ['error loading dynamically imported module: https://x.example/assets/question-1.js', true],
  ['Importing a module script failed.', true],
  ['Unable to preload CSS for /assets/question-1.css', true],
  ['Cannot read properties of undefined', false],
])('%s: %s', (message, missing) => {
  expect(isMissingPart(new TypeError(message))).toBe(missing);
});

it('is nothing else that was thrown', () =>
  expect(isMissingPart('Importing a module script failed.')).toBe(false));
