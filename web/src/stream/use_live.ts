// Keeps a shown journey fresh: follows the stream for its references and asks for the journey again when something concerns it.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { Journey, ReferenceKind, StreamEvent } from '../api/types';
import { useSession } from '../session/session';
import { LiveFeed, type FeedState } from './live_feed';

// The kinds that join a journey, and those that its transport is known by, in the order of their worth to the stream.
const joiningKinds: readonly ReferenceKind[] = ['booking', 'transport_document', 'house_document', 'equipment'];
const transportKinds: readonly ReferenceKind[] = ['vessel', 'voyage', 'transport_call'];
const referencesMax = 100;

// Many events at once (a vessel's whole discharge list) ask for the journey only so often.
const refreshMs = 500;

export interface Live {
  state: FeedState;
  fresh: ReadonlySet<number>; // entries that came while the page was open
  retryNow: () => void;
}

function keysOf(journey: Journey, kinds: readonly ReferenceKind[]): string[] {
  return kinds.flatMap((kind) =>
    journey.references.filter((reference) => reference.kind === kind && reference.overShared !== true).map(({ value }) => `${kind}:${value}`),
  );
}

// A vessel's references are named by every box on board; only its own arrivals and departures concern this journey.
function concerns(event: StreamEvent, joining: ReadonlySet<string>): boolean {
  if (event.milestone === 'arrived' || event.milestone === 'departed') return true;
  return event.references.some(({ kind, value }) => joining.has(`${kind}:${value}`));
}

export function useLive(journey: Journey | undefined, refresh: () => void): Live {
  const { credential, expire } = useSession();
  const [state, setState] = useState<FeedState>({ phase: 'connecting' });
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  const feed = useRef<LiveFeed | null>(null);
  const last = useRef(0); // the newest entry known from the journey or the stream
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const asked = journey === undefined ? '' : `${journey.reference.kind}:${journey.reference.value}`;
  const joining = useMemo(() => new Set(journey === undefined ? [] : [asked, ...keysOf(journey, joiningKinds)]), [journey, asked]);
  const followed = useMemo(() => {
    const keys = journey === undefined ? [] : [...joining, ...keysOf(journey, transportKinds)];
    return keys.slice(0, referencesMax).join('\n');
  }, [journey, joining]);

  const refreshSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      refresh();
    }, refreshMs);
  }, [refresh]);

  const latest = useRef({ joining, refreshSoon, expire });
  useEffect(() => {
    latest.current = { joining, refreshSoon, expire };
  });

  useEffect(() => {
    setFresh(new Set());
    last.current = 0;
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [asked]);

  // An answer that is older than what the stream has shown is asked for again.
  const position = journey?.position ?? 0;
  useEffect(() => {
    if (position < last.current) latest.current.refreshSoon();
    else last.current = position;
  }, [position]);

  useEffect(() => {
    if (followed === '') return;
    let lost = false;
    feed.current = new LiveFeed({
      credential,
      references: followed.split('\n'),
      after: last.current,
      onEvent: (event) => {
        last.current = Math.max(last.current, event.entry);
        if (!concerns(event, latest.current.joining)) return;
        setFresh((entries) => new Set(entries).add(event.entry));
        latest.current.refreshSoon();
      },
      onState: (next) => {
        setState(next);
        if (next.phase === 'live' && lost) latest.current.refreshSoon();
        lost = next.phase === 'waiting' || (lost && next.phase !== 'live');
      },
      onUnauthorized: () => latest.current.expire(),
    });
    feed.current.start();
    return () => feed.current?.stop();
  }, [followed, credential]);

  return { state, fresh, retryNow: useCallback(() => feed.current?.retryNow(), []) };
}
