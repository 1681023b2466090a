import { createContext, useContext } from 'react';

type SheetSwitch = { open: boolean; setOpen: (open: boolean) => void };

const SheetContext = createContext<SheetSwitch>({ open: false, setOpen: () => undefined });

/** Lets the rail's Help and the `?` key open the sheet of whatever screen is shown. */
export const ShortcutSheetSwitch = SheetContext.Provider;
export const useShortcutSheet = (): SheetSwitch => useContext(SheetContext);
