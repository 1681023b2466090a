import { useMessageText, type Text } from '../../intl/use-text';
import type english from '../../../messages/staff.en.json';

/** Ids of the staff catalogue: a misspelt one does not compile. */
export type MessageId = keyof typeof english;
export type StaffText = Text<MessageId>;

/** The words of the staff screens in the reader's language. */
export const useText = (): StaffText => useMessageText<MessageId>();
