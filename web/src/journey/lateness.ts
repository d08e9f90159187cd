// What is late: claims compared with the plan, and announced steps whose time has passed. Pure.
import type { Journey, JourneyEvent, Milestone, Place } from '../api/types';
import { placeKey } from '../ui/place_name';
import { leading, type MilestoneClaims } from './claims';

// Less than this is not worth a person's attention.
export const toleranceMs = 60 * 60_000;

export interface Delay {
  kind: 'late' | 'willBeLate' | 'overdue';
  milestone: Milestone;
  place?: Place;
  equipment?: string;
  ms: number;
}

function timeOf(event: JourneyEvent): number {
  return Date.parse(event.occurred.instant);
}

// How much later than planned the claim is, negative when earlier; null without a plan.
export function delayAgainstPlan(claim: JourneyEvent | undefined, { claims }: MilestoneClaims): number | null {
  const plan = leading(claims.planned);
  if (claim === undefined || plan === undefined || claim.status === 'retracted' || plan.status === 'retracted') return null;
  return timeOf(claim) - timeOf(plan);
}

function delayOf(milestone: MilestoneClaims): Delay[] {
  const { row, claims } = milestone;
  const actual = leading(claims.actual);
  const ms = delayAgainstPlan(actual ?? leading(claims.estimated), milestone);
  if (ms === null || ms < toleranceMs) return [];
  return [{ kind: actual === undefined ? 'willBeLate' : 'late', milestone: row.milestone, place: row.place, equipment: row.equipment, ms }];
}

function subject({ milestone, place, equipment }: Delay): string {
  return [milestone, placeKey(place), equipment].join('|');
}

// Longest first; what is still to come before what is done.
export function delays(journey: Journey, milestones: readonly MilestoneClaims[], now: number): Delay[] {
  const overdue: Delay[] = journey.expected.flatMap(({ milestone, place, equipment, at }) => {
    const ms = at === undefined ? 0 : now - Date.parse(at);
    return ms < toleranceMs ? [] : [{ kind: 'overdue' as const, milestone, place, equipment, ms }];
  });
  const said = new Set(overdue.map(subject));
  const against = milestones.flatMap(delayOf).filter((delay) => !said.has(subject(delay)));
  const rank = (delay: Delay) => (delay.kind === 'late' ? 1 : 0);
  return [...overdue, ...against].sort((a, b) => rank(a) - rank(b) || b.ms - a.ms);
}
