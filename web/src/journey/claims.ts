// A journey's claims, arranged as the page shows them. Pure.
import { classifiers, type Classifier, type Journey, type JourneyEvent, type JourneyMilestone } from '../api/types';
import { placeKey } from '../ui/place_name';

export interface MilestoneClaims {
  row: JourneyMilestone;
  key: string; // stable over refreshes
  claims: Record<Classifier, JourneyEvent[]>;
  all: JourneyEvent[];
}

// Consecutive milestones at one place.
export interface Stop {
  key: string;
  milestones: MilestoneClaims[];
}

export type EventsByEntry = ReadonlyMap<number, JourneyEvent>;

export function indexEvents(journey: Journey): EventsByEntry {
  return new Map(journey.events.map((event) => [event.entry, event]));
}

export function claimsOf(entries: readonly number[], events: EventsByEntry): JourneyEvent[] {
  return entries.flatMap((entry) => events.get(entry) ?? []);
}

export function arrange(journey: Journey, events: EventsByEntry): MilestoneClaims[] {
  const seen = new Map<string, number>();
  return journey.milestones.map((row) => {
    const claims = {
      planned: claimsOf(row.planned, events),
      estimated: claimsOf(row.estimated, events),
      actual: claimsOf(row.actual, events),
    };
    const name = [row.milestone, row.equipment, row.document, placeKey(row.place), row.leg].join('|');
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return { row, key: `${name}|${nth}`, claims, all: classifiers.flatMap((classifier) => claims[classifier]) };
  });
}

export function groupByStop(milestones: readonly MilestoneClaims[]): Stop[] {
  const stops: Stop[] = [];
  for (const milestone of milestones) {
    const place = placeKey(milestone.row.place);
    const last = stops.at(-1);
    if (last !== undefined && placeKey(last.milestones[0]?.row.place) === place) last.milestones.push(milestone);
    else stops.push({ key: `${place}|${milestone.key}`, milestones: [milestone] });
  }
  return stops;
}

// When it was said, as far as is known.
function saidAt(claim: JourneyEvent): number {
  return Date.parse(claim.created?.instant ?? claim.receivedAt);
}

// The claim to go by for a classifier: of actual times the earliest, of plans and estimates what was said last; of those that
// stand, where any does.
export function leading(claims: readonly JourneyEvent[]): JourneyEvent | undefined {
  const standing = claims.filter((claim) => claim.status === 'current');
  const candidates = standing.length > 0 ? standing : claims;
  const [first] = candidates;
  if (first === undefined || first.classifier === 'actual') return first;
  return candidates.reduce((last, claim) => (saidAt(claim) >= saidAt(last) ? claim : last));
}

// The claims to show side by side for a classifier: the leading one; all that stand where they contradict each other; and,
// struck through, what its sender corrected or took back.
export function shownClaims(claims: readonly JourneyEvent[]): JourneyEvent[] {
  const lead = leading(claims);
  const standing = claims.filter((claim) => claim.status === 'current');
  const shown = standing.some((claim) => claim.conflict) ? withoutRepeats(standing) : lead === undefined ? [] : [lead];
  return [...shown, ...claims.filter((claim) => isWithdrawn(claim) && claim !== lead)];
}

// The first of the claims in which one party gives the same time in several messages.
function withoutRepeats(claims: readonly JourneyEvent[]): JourneyEvent[] {
  const said = new Map<string, JourneyEvent>();
  for (const claim of claims) {
    const key = `${claim.party.id} ${claim.occurred.instant}`;
    if (!said.has(key)) said.set(key, claim);
  }
  return [...said.values()];
}

export function isWithdrawn(claim: JourneyEvent): boolean {
  return claim.status === 'corrected' || claim.status === 'retracted';
}

// Claims that no milestone holds, for example those that were taken back.
export function otherClaims(journey: Journey): JourneyEvent[] {
  const held = new Set(journey.milestones.flatMap((row) => [...row.planned, ...row.estimated, ...row.actual]));
  return journey.events.filter((event) => !held.has(event.entry));
}

// Whether something is about the container, or about none: the vessel, the papers. Null is every container.
export function isAbout(container: string | null, { equipment }: { equipment?: string }): boolean {
  return container === null || equipment === undefined || equipment === container;
}

// The container that was asked for; null for other references, which may stand for many.
export function askedContainer({ reference }: Journey): string | null {
  return reference.kind === 'equipment' ? reference.value : null;
}

export function containersOf(journey: Journey): string[] {
  const named = new Set<string>();
  for (const row of journey.milestones) if (row.equipment !== undefined) named.add(row.equipment);
  for (const { kind, value } of journey.references) if (kind === 'equipment') named.add(value);
  return [...named].sort();
}
