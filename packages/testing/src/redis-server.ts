import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's Redis, or its successor Valkey; undefined where there is neither. */
export const redisPath: string | undefined = [
  '/usr/bin/redis-server',
  '/usr/bin/valkey-server',
  '/usr/local/bin/redis-server',
].find(path => existsSync(path));

/** What is said where there is none. */
export const withoutRedis = 'skipped: no Redis (install Debian’s redis-server)';

/** How a server is started. */
export interface RedisOptions {
  /** Its folder, in which it keeps what it has after it has ended. */
  readonly folder: string;
  /** Further options of redis-server, as in ['--maxmemory', '3mb']. */
  readonly args?: readonly string[];
  /** Where it listens besides; this machine only if not given. */
  readonly bind?: string;
}

/** A server of its own on a free port. */
export class RedisServer {
  readonly port: number;
  private readonly options: RedisOptions;
  private process: ChildProcess | undefined;

  /** @throws where there is no Redis, or it does not start */
  static async start(options: RedisOptions): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), options);
    await server.start();
    return server;
  }

  private constructor(port: number, options: RedisOptions) {
    this.port = port;
    this.options = options;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    if (!redisPath) throw new Error(withoutRedis);
    const { folder, args = [], bind } = this.options;
    const place = [
      '--port',
      `${this.port}`,
      '--dir',
      folder,
      '--bind',
      `127.0.0.1${bind ? ` ${bind}` : ''}`,
    ];
    const kept = ['--appendonly', 'yes', '--save', ''];
    this.process = spawn(redisPath, [...place, ...kept, ...args], { stdio: 'ignore' });
    await answering(this.port);
  }

  /** Lets it answer nothing any more, as behind a network that is cut off. */
  suspend(): void {
    this.process?.kill('SIGSTOP');
  }

  /** Ends it; with SIGKILL as by a loss of power. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { process } = this;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const ended = new Promise(resolve => process.once('exit', resolve));
    process.kill(signal);
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await answers(port)) return;
    await sleep(25);
  }
  throw new Error(`redis-server does not answer on port ${port}`);
}

/** Whether it answers a PING: it listens before it has read what it keeps. */
const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.on('data', (bytes: Buffer) => end(/PONG|NOAUTH/.test(bytes.toString())));
    socket.on('error', () => end(false));
    socket.setTimeout(500, () => end(false));
  });
