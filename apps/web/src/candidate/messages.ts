import type { LoadMessages, Messages } from '../intl/locale-provider';
import { useMessageText, type Text } from '../intl/use-text';
import type { SupportedLocale } from '../intl/locale';

/** Ids of the English catalogue, the source the others are checked against. */
export type MessageId = keyof typeof import('../../messages/candidate.en.json');

const catalogues: Record<SupportedLocale, () => Promise<{ default: Messages }>> = {
  en: () => import('../../messages/candidate.en.json'),
  'zh-CN': () => import('../../messages/candidate.zh-CN.json'),
};

export const loadMessages: LoadMessages = async (locale) => (await catalogues[locale]()).default;

/** The candidate's words by id. */
export const useText = (): Text<MessageId> => useMessageText<MessageId>();
