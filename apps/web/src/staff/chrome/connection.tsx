import { useSyncExternalStore } from 'react';
import { useText } from '../words/use-text';
import { StatusDot } from './status-dot';

function subscribe(onChange: () => void): () => void {
  addEventListener('online', onChange);
  addEventListener('offline', onChange);
  return () => {
    removeEventListener('online', onChange);
    removeEventListener('offline', onChange);
  };
}

/** True while the browser believes it has a network. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

/** The quiet dot of the title row. */
export function Connection() {
  const t = useText();
  const online = useOnline();
  return (
    <StatusDot tone={online ? 'good' : 'warn'}>
      {t(online ? 'connection.online' : 'connection.offline')}
    </StatusDot>
  );
}
