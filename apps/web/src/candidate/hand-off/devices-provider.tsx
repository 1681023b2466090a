import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { InterviewStore } from '../interview';
import { DevicesContext, type Devices } from './devices-context';
import { HandOffSheet } from './hand-off-sheet';
import { useDeviceLease } from './use-device-lease';

/** Which device records, for every page of one interview, and the code that moves it to another one. */
export function DevicesProvider(props: {
  store: InterviewStore;
  /** The page records or sends. */
  records: boolean;
  /** The question it shows. */
  questionId: string | null;
  children: ReactNode;
}) {
  const { store, records, questionId, children } = props;
  const [offering, setOffering] = useState(false);
  const lease = useDeviceLease(store, { records, questionId, offering });
  const { view, watching, heldBefore, unreachable, stopped, takeOver } = lease;
  const offerHandOff = useCallback(() => setOffering(true), []);
  const close = useCallback(() => setOffering(false), []);
  // The phone is there: the code is used, and this page becomes its cue card.
  useEffect(() => {
    if (watching) setOffering(false);
  }, [watching]);
  const devices = useMemo(
    (): Devices => ({ view, watching, heldBefore, unreachable, stopped, takeOver, offerHandOff }),
    [view, watching, heldBefore, unreachable, stopped, takeOver, offerHandOff],
  );
  return (
    <DevicesContext value={devices}>
      {children}
      {offering ? <HandOffSheet interviewId={store.interview.interviewId} onClose={close} /> : null}
    </DevicesContext>
  );
}
