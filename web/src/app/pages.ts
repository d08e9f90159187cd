// The portal's pages in the order of its menu, and the right that each needs.
import type { Session } from '../session/session';

export const pages = [
  { path: '/', name: 'track', allowed: () => true },
  { path: '/grants', name: 'grants', allowed: ({ may }: Session) => may('read') || may('grant') },
  { path: '/who-looked', name: 'looked', allowed: ({ may }: Session) => may('read') },
  { path: '/people', name: 'people', allowed: ({ may }: Session) => may('manage') },
  { path: '/keys', name: 'keys', allowed: ({ may }: Session) => may('manage') },
  { path: '/organisation', name: 'organisation', allowed: () => true },
  { path: '/account', name: 'account', allowed: ({ how }: Session) => how === 'person' },
] as const;

export type PageName = (typeof pages)[number]['name'];

export function isAllowed(name: PageName, session: Session): boolean {
  return pages.some((page) => page.name === name && page.allowed(session));
}
