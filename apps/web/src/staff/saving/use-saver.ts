import { useEffect, useSyncExternalStore } from 'react';
import type { SaveStatus, SerialSaver } from './serial-saver';

/** The status of a saver; resumes it when the network is back and warns before unsaved work is left. */
export function useSaver<Value>(saver: SerialSaver<Value>): SaveStatus {
  const status = useSyncExternalStore(saver.subscribe, saver.status);
  const atRisk = status.kind !== 'saved';
  useEffect(() => {
    const resume = () => saver.resume();
    addEventListener('online', resume);
    return () => removeEventListener('online', resume);
  }, [saver]);
  useEffect(() => {
    if (!atRisk) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [atRisk]);
  // What was typed a moment before another screen opened is sent, not dropped.
  useEffect(() => () => void saver.flush().catch(() => undefined), [saver]);
  return status;
}
