import { handOffLink, handOffToken, phoneObstacle } from './hand-off-link';

const token = 'A'.repeat(43);

it('a code is told from an invitation', () => {
  const link = handOffLink('https://jobs.example.org', token);
  expect(link).toBe(`https://jobs.example.org/i#h.${token}`);
  expect(handOffToken(new URL(link).hash.slice(1))).toBe(token);
  expect(handOffToken(token)).toBeNull();
});

it.each([
  ['https://jobs.example.org', null],
  ['https://192.168.1.4:3000', null],
  ['http://192.168.1.4:3000', 'insecure'],
  ['http://jobs.example.org', 'insecure'],
  ['http://localhost:3000', 'here_only'],
  ['http://127.0.0.1:3000', 'here_only'],
  ['http://[::1]:3000', 'here_only'],
  ['https://localhost', 'here_only'],
] as const)('a phone at %s: %s', (origin, obstacle) => {
  expect(phoneObstacle(origin)).toBe(obstacle);
});
