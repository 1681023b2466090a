import type { GivenResponse } from '@fairtake/contracts';
import type { GivenResponseRow } from '@fairtake/database';

/**
 * What was written, chosen or sent, as whoever judges it sees it.
 *
 * @param named whether the name of a file is told: it often is its author's
 */
export function givenResponse(row: GivenResponseRow, url: string, named: boolean): GivenResponse {
  const { content, settings, locale, file } = row;
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: content.text, locale };
    case 'choice': {
      const options = settings?.kind === 'choice' ? settings.options : [];
      const chosen = new Set(content.optionIds);
      return {
        kind: 'choice',
        options: options.map((option) => ({ ...option, chosen: chosen.has(option.optionId) })),
      };
    }
    case 'file':
      // A kept response names a file that was received: the checker of invariants looks for others.
      if (!file) throw new Error(`The kept file ${content.fileId} has no row`);
      return {
        kind: 'file',
        type: file.type,
        sizeBytes: file.sizeBytes,
        name: named ? file.name : null,
        url,
      };
  }
}
