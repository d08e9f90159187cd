import type { ReactNode } from 'react';

// An empty state that teaches: what is missing, and what makes it appear.
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <div className="empty-help">{children}</div>
    </div>
  );
}
