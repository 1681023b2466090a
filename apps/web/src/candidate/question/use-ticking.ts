import { useEffect, useRef, useState } from 'react';

/** Reads a moving value several times a second while `active`; renders only when what is shown changes. */
export function useTicking<Value extends number | string | null>(active: boolean, read: () => Value): Value {
  const latest = useRef(read);
  const [shown, setShown] = useState<Value>(read);
  useEffect(() => {
    latest.current = read;
    setShown(read());
  }, [read]);
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setShown(latest.current()), 200);
    return () => clearInterval(timer);
  }, [active]);
  return shown;
}
