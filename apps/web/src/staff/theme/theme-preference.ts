import { localStorageColorSchemeManager, type MantineColorScheme } from '@mantine/core';

const storageKey = 'fairtake.theme';

/** tokens.css follows the system unless `data-theme` forces a side. */
function applyTheme(scheme: MantineColorScheme): void {
  if (scheme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = scheme;
}

const stored = localStorageColorSchemeManager({ key: storageKey });

/** Mantine's scheme and our tokens change together, in this tab and in the others. */
export const colorSchemeManager: typeof stored = {
  ...stored,
  set: (scheme) => {
    applyTheme(scheme);
    stored.set(scheme);
  },
  subscribe: (onUpdate) =>
    stored.subscribe((scheme) => {
      applyTheme(scheme);
      onUpdate(scheme);
    }),
};

/** Forces the remembered side before anything is painted. */
export function applyStoredTheme(): void {
  applyTheme(stored.get('auto'));
}
