import type { AccountLinkView } from '@fairtake/contracts';
import type { AccountLinkRecord } from '@fairtake/database';

export const toAccountLinkView = (link: AccountLinkRecord): AccountLinkView => ({
  purpose: link.purpose,
  email: link.purpose === 'set_up' ? null : link.email,
  organisation: link.purpose === 'set_up' ? null : link.organisation,
  hasPassword: link.purpose !== 'set_up' && link.hasPassword,
  expiresAt: link.expiresAt.toISOString(),
});
