import { useMemo, type ReactNode } from 'react';
import { useIntl } from 'react-intl';

export type TextValues = Record<string, string | number | Date>;
export type RichValues = Record<string, ReactNode | Date | ((chunks: ReactNode[]) => ReactNode)>;

export type Text<MessageId extends string> = {
  /** The words of a message in the reader's language. */
  (id: MessageId, values?: TextValues): string;
  /** The same with marked-up parts: `{ b: (chunks) => <b>{chunks}</b> }` for `<b>…</b>` in the message. */
  rich: (id: MessageId, values: RichValues) => ReactNode;
};

/**
 * Words by id. Each entry narrows `MessageId` to the keys of its own catalogue, so a misspelt id does not compile;
 * `scripts/check-messages.mjs` compares the catalogues with each other.
 */
export function useMessageText<MessageId extends string>(): Text<MessageId> {
  const intl = useIntl();
  return useMemo(() => {
    const text = (id: MessageId, values?: TextValues): string =>
      intl.formatMessage({ id: id as string }, values);
    const rich = (id: MessageId, values: RichValues): ReactNode =>
      intl.formatMessage({ id: id as string }, values as Record<string, ReactNode>);
    return Object.assign(text, { rich });
  }, [intl]);
}
