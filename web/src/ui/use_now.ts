import { useEffect, useState } from 'react';

// The present, renewed every `periodMs`: for "3 hours ago" and for what is overdue.
export function useNow(periodMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), periodMs);
    return () => clearInterval(timer);
  }, [periodMs]);
  return now;
}
