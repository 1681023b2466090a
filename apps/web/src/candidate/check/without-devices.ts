import type { MessageId } from '../messages';
import type { Navigation } from '../use-navigation';

/** The way on for somebody whose devices do not work, or who does not want to be asked for them yet. */
export type WithoutDevices = NonNullable<Navigation['withoutDevices']>;

export const withoutWords = ({ toSend }: WithoutDevices): MessageId =>
  toSend ? 'check.without.send' : 'check.without';
