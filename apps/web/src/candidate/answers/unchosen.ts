import type { ResponseContent, ResponseView } from '@fairtake/contracts';
import type { LocalDraft } from './local-drafts';

/**
 * Whether something was written, marked or sent that is not the answer: it would be left behind in silence.
 *
 * @param local what only this device has; newer than what the server tells
 */
export function isUnchosen(local: LocalDraft | null, view: ResponseView | null): boolean {
  if (local) return local.chosen !== true && hasContent(local.content);
  return view !== null && view.revision !== view.keptRevision && hasContent(view.content);
}

function hasContent(content: ResponseContent | null): boolean {
  switch (content?.kind) {
    case 'text':
      return content.text.trim() !== '';
    case 'choice':
      return content.optionIds.length > 0;
    case 'file':
      return true;
    case undefined:
      return false;
  }
}
