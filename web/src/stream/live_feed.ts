// A stream of events that stays open: it resumes after its last entry, waits longer after each failure, and says how it fares.
import { carried, type Credential } from '../api/client';
import type { StreamEvent } from '../api/types';
import { SseParser } from './sse';

export type FeedState =
  | { phase: 'connecting' }
  | { phase: 'live' }
  | { phase: 'waiting'; retryAt: number }; // milliseconds since 1970

export interface FeedOptions {
  credential: Credential;
  references: readonly string[]; // as kind:value; events that name one of them
  after: number; // the entry to go on from
  onEvent: (event: StreamEvent) => void;
  onState: (state: FeedState) => void;
  onUnauthorized: () => void;
}

const firstDelayMs = 1_000;
const longestDelayMs = 30_000;
// The server writes at least a comment every 15 seconds: a stream silent for longer than three of them is dead.
const silenceMs = 45_000;

export class LiveFeed {
  private last: number;
  private failures = 0;
  private stopped = false;
  private abort = new AbortController();
  private wake: (() => void) | null = null;

  constructor(private readonly options: FeedOptions) {
    this.last = options.after;
  }

  start(): void {
    window.addEventListener('online', this.retryNow);
    void this.run();
  }

  stop(): void {
    this.stopped = true;
    window.removeEventListener('online', this.retryNow);
    this.abort.abort();
    this.wake?.();
  }

  readonly retryNow = (): void => {
    this.wake?.();
  };

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.options.onState({ phase: 'connecting' });
      try {
        await this.readOnce();
      } catch {
        // whatever ended the stream, the cure is the same: connect again
      }
      if (!this.stopped) await this.waitBeforeRetry();
    }
  }

  private async readOnce(): Promise<void> {
    this.abort = new AbortController();
    const query = new URLSearchParams(this.options.references.map((reference) => ['reference', reference]));
    const { credentials, headers } = carried(this.options.credential);
    const response = await fetch(`/v1/stream?${query}`, {
      credentials,
      headers: { ...headers, Accept: 'text/event-stream', 'Last-Event-ID': String(this.last) },
      cache: 'no-store',
      signal: this.abort.signal,
    });
    if (response.status === 401) {
      this.stopped = true;
      this.options.onUnauthorized();
      return;
    }
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    this.failures = 0;
    this.options.onState({ phase: 'live' });
    await this.readEvents(response.body);
  }

  private async readEvents(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const parser = new SseParser();
    for (;;) {
      const watchdog = setTimeout(() => this.abort.abort(), silenceMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(watchdog));
      if (done) return;
      for (const message of parser.push(decoder.decode(value, { stream: true }))) this.take(message.event, message.id, message.data);
    }
  }

  private take(event: string, id: string, data: string): void {
    const entry = Number(id);
    if (event !== 'event' || !(entry > this.last)) return;
    this.last = entry;
    this.options.onEvent(JSON.parse(data) as StreamEvent);
  }

  // Doubles from one second to thirty, with a random part so that a restarted server is not met by everybody at once.
  private waitBeforeRetry(): Promise<void> {
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** this.failures) * (0.7 + 0.3 * Math.random());
    this.failures += 1;
    this.options.onState({ phase: 'waiting', retryAt: Date.now() + delay });
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => {
      this.wake = null;
    });
  }
}
