// A TCP proxy in front of a server that a test can cut and mend, as a network does: connections break, new ones are refused.
import { connect, createServer } from 'node:net';

export class BreakableProxy {
  #sockets = new Set();
  #server = null;
  #port = 0;

  constructor(target) {
    const { hostname, port } = new URL(target);
    this.target = { host: hostname, port: Number(port) };
  }

  async mend() {
    this.#server = createServer((client) => {
      const upstream = connect(this.target);
      for (const [socket, other] of [[client, upstream], [upstream, client]]) {
        this.#sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    await new Promise((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = this.#server.address().port;
    this.url = `http://127.0.0.1:${this.#port}`;
  }

  async cut() {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
