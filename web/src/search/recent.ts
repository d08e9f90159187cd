// The last references that a party searched for, kept in this browser and apart for each party.
import { useCallback, useState } from 'react';

const kept = 8;

function keyOf(party: string): string {
  return `fairway.recent.${party}`;
}

function read(party: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(party)) ?? '[]');
    return Array.isArray(stored) ? stored.filter((item) => typeof item === 'string').slice(0, kept) : [];
  } catch {
    return []; // written by somebody else
  }
}

function write(party: string, references: string[]): void {
  if (references.length === 0) localStorage.removeItem(keyOf(party));
  else localStorage.setItem(keyOf(party), JSON.stringify(references));
}

export function remember(party: string, reference: string): void {
  write(party, [reference, ...read(party).filter((other) => other !== reference)].slice(0, kept));
}

export function useRecent(party: string) {
  const [references, setReferences] = useState(() => read(party));
  const keep = useCallback(
    (next: string[]) => {
      write(party, next);
      setReferences(next);
    },
    [party],
  );
  return {
    references,
    forget: (reference: string) => keep(references.filter((other) => other !== reference)),
    forgetAll: () => keep([]),
  };
}
