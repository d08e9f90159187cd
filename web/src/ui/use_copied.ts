import { useEffect, useState } from 'react';

const shownMs = 2_000;

// Copies a text, and says for a moment that it did. No browser gives a clipboard outside a secure context: ask `canCopy` first.
export function useCopied(text: string): [copied: boolean, copy: () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, () => void navigator.clipboard.writeText(text).then(() => setCopied(true))];
}

export const canCopy = () => window.isSecureContext;
