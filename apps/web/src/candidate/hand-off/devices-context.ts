import type { InterviewDevices } from '@fairtake/contracts';
import { createContext, useContext } from 'react';

export type Devices = {
  /** As the server last told; null before that. */
  view: InterviewDevices | null;
  /** Another device holds the interview, and this page shows what it does. */
  watching: boolean;
  /** The interview was held here before: it can be taken back. */
  heldBefore: boolean;
  /** The server did not answer lately. */
  unreachable: boolean;
  /** Questions whose recording was stopped here because another device went on. */
  stopped: ReadonlySet<string>;
  /** The person goes on here. */
  takeOver: () => void;
  /** Shows the code for another device. */
  offerHandOff: () => void;
};

export const DevicesContext = createContext<Devices | null>(null);

export function useDevices(): Devices {
  const devices = useContext(DevicesContext);
  if (!devices) throw new Error('useDevices outside its provider');
  return devices;
}
