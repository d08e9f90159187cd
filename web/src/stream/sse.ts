// The text/event-stream format (WHATWG HTML, "Server-sent events"), read piece by piece. EventSource cannot send the
// Authorization header, which is why the portal reads the stream itself.

export interface ServerSentEvent {
  id: string;
  event: string;
  data: string;
}

export class SseParser {
  private buffer = '';
  private id = '';
  private event = '';
  private data: string[] = [];

  // Takes any piece of the stream, however it was cut, and returns the events that it completes.
  push(piece: string): ServerSentEvent[] {
    this.buffer += piece;
    const complete: ServerSentEvent[] = [];
    for (;;) {
      const line = this.takeLine();
      if (line === null) return complete;
      const done = this.takeField(line);
      if (done !== null) complete.push(done);
    }
  }

  // The next whole line without its end. A CR at the very end may be half of a CR LF, and waits.
  private takeLine(): string | null {
    const match = /\r\n|\n|\r(?!$)/.exec(this.buffer);
    if (match === null) return null;
    const line = this.buffer.slice(0, match.index);
    this.buffer = this.buffer.slice(match.index + match[0].length);
    return line;
  }

  private takeField(line: string): ServerSentEvent | null {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return null; // a comment, which keeps the connection open
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'id') this.id = value;
    else if (name === 'event') this.event = value;
    else if (name === 'data') this.data.push(value);
    return null;
  }

  private dispatch(): ServerSentEvent | null {
    const { data, event } = this;
    this.data = [];
    this.event = '';
    if (data.length === 0) return null;
    return { id: this.id, event: event || 'message', data: data.join('\n') };
  }
}
