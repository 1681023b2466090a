import type { ResponseContent, ResponseView } from '@fairtake/contracts';
import { isUnchosen } from './unchosen';

const words = (text: string): ResponseContent => ({ kind: 'text', text });
const view = (change: Partial<ResponseView>): ResponseView => ({
  ...{ questionId: 'q', revision: 1, savedAt: null, content: words('draft'), file: null },
  ...{ keptRevision: null, ...change },
});

it.each([
  ['a draft on the server', null, view({}), true],
  ['a change after the choice', null, view({ revision: 2, keptRevision: 1 }), true],
  ['a file nobody chose', null, view({ content: { kind: 'file', fileId: 'f' } }), true],
  ['words that have not left this device', { content: words('new'), revision: 0 }, null, true],
  ['the answer', null, view({ keptRevision: 1 }), false],
  ['nothing but spaces', null, view({ content: words('  \n') }), false],
  ['no option left', null, view({ content: { kind: 'choice', optionIds: [] } }), false],
  ['nothing at all', null, view({ revision: 0, content: null }), false],
  ['what was chosen offline', { content: words('new'), revision: 1, chosen: true }, view({}), false],
] as const)('%s', (_what, local, found, expected) => {
  expect(isUnchosen(local, found)).toBe(expected);
});
