import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import type { IntlShape } from 'react-intl';
import { LocaleProvider } from '../intl/locale-provider';
import { createQueryClient } from './session/query-client';
import { createStaffRouter } from './router';
import { staffTheme } from './theme/mantine-theme';
import { colorSchemeManager } from './theme/theme-preference';
import { loadStaffMessages } from './words/staff-messages';

/** The nonce the server wrote into the page; Mantine's style tags carry it past the Content-Security-Policy. */
const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** Everything around the screens: language, theme, server state, routes. */
export function StaffApp({ intl }: { intl: IntlShape }) {
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(() => createStaffRouter(queryClient));
  return (
    <LocaleProvider initial={intl} load={loadStaffMessages}>
      <MantineProvider
        theme={staffTheme}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemeManager}
        getStyleNonce={styleNonce}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </LocaleProvider>
  );
}
