import type { LoadMessages } from '../../intl/locale-provider';
import type { MessageId } from './use-text';

/** Fetches the staff catalogue of one language; the other one is never downloaded. */
export const loadStaffMessages: LoadMessages = async (locale) => {
  const catalogue: { default: Record<MessageId, string> } =
    locale === 'zh-CN'
      ? await import('../../../messages/staff.zh-CN.json')
      : await import('../../../messages/staff.en.json');
  return catalogue.default;
};
