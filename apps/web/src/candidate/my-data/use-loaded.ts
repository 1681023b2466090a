import { useCallback, useEffect, useState } from 'react';
import { troubleOf, type Trouble } from '../arrival';

export type Loaded<Value> =
  | { state: 'loading' }
  | { state: 'trouble'; trouble: Trouble; retry: () => void }
  | { state: 'ready'; value: Value };

/** Asks the server once, and again when the person says so. `load` must not change from one render to the next. */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [found, setFound] = useState<{ value: Value } | { trouble: Trouble } | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let wanted = true;
    setFound(null);
    load().then(
      (value) => wanted && setFound({ value }),
      (error: unknown) => wanted && setFound({ trouble: troubleOf(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [load, turn]);
  const retry = useCallback(() => setTurn((count) => count + 1), []);
  if (found === null) return { state: 'loading' };
  return 'trouble' in found
    ? { state: 'trouble', trouble: found.trouble, retry }
    : { state: 'ready', value: found.value };
}
