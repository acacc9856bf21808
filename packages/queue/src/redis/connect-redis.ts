import { Redis } from 'ioredis';
import { queueAddress } from './queue-address.js';
import type { QueueServer } from './queue-server.js';

/**
 * A connection to Redis that comes back by itself after it was lost, with what was to be sent meanwhile.
 * @throws where Redis is not there or refuses, saying what to do; OptionError for a URL that is none
 */
export async function connectRedis(server: QueueServer): Promise<Redis> {
  const { environment = process.env, onWarning, silence = 30_000 } = server;
  const { host, port, database, tls, name } = queueAddress(server.queue);
  const redis = new Redis({
    host,
    port,
    db: database,
    username: environment.REDIS_USERNAME || undefined,
    password: environment.REDIS_PASSWORD || undefined,
    tls: tls ? { servername: host } : undefined,
    lazyConnect: true,
    maxRetriesPerRequest: null, // as BullMQ wants it
    keepAlive: 10_000,
    disconnectTimeout: 300, // is waited for even where there was no connection
    retryStrategy: times => Math.min(100 * 2 ** times, 5000),
  });
  let last: Error | undefined;
  const remember = (error: Error): void => void (last = error);
  redis.on('error', remember);
  try {
    await redis.connect();
  } catch (error) {
    redis.disconnect();
    throw explained(name, last ?? (error as Error));
  }
  redis.off('error', remember);
  sayOutages(redis, name, onWarning);
  watch(redis, silence);
  return redis;
}

/** An error of Redis or of the way to it in words, with what to do. */
export function explained(name: string, error: Error): Error {
  const { code = '' } = error as NodeJS.ErrnoException;
  const [, problem] = problems.find(([sign]) => sign.test(`${code} ${error.message}`)) ?? [];
  return new Error(`Redis at ${name}: ${problem ?? error.message}`, { cause: error });
}

const problems: readonly (readonly [sign: RegExp, problem: string])[] = [
  [/ECONNREFUSED/, 'nobody listens there; start redis-server, or correct `queue`'],
  [/ENOTFOUND|EAI_AGAIN/, 'there is no machine of that name'],
  [
    /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
    'no answer; is the machine up, and does its firewall let you through?',
  ],
  [
    /NOAUTH|no password/,
    'it wants a password; set REDIS_PASSWORD, and REDIS_USERNAME if there are users',
  ],
  [
    /WRONGPASS|invalid (username|password)/i,
    'it refuses the user or password in REDIS_USERNAME and REDIS_PASSWORD',
  ],
  [/NOPERM/, 'the user in REDIS_USERNAME may not do this'],
  [
    /OOM|maxmemory/,
    'it refuses to write, since its memory is full (maxmemory); give it more, or `nads queue drain`',
  ],
  [/READONLY/, 'it only lets read, as a replica does; give the address of the primary'],
  [/MISCONF/, 'it refuses to write, since it cannot save to its disk'],
  [
    /wrong version number|EPROTO|packet length/i,
    'it does not speak TLS there; try redis:// instead of rediss://',
  ],
  [
    /certificate|CERT_/i,
    'its certificate is not trusted; NODE_EXTRA_CA_CERTS names a file of your own authority',
  ],
];

/** One line for each outage, and one when it is over. */
function sayOutages(redis: Redis, name: string, onWarning: QueueServer['onWarning']): void {
  let isLost = false;
  const lost = (error: Error): void => {
    if (isLost) return;
    isLost = true;
    onWarning?.(`${explained(name, error).message}; trying again`);
  };
  redis.on('error', lost);
  redis.on('ready', () => {
    if (isLost) onWarning?.(`Redis at ${name} is there again`);
    isLost = false;
  });
}

/** Connects again where the server does not answer for so long: a network that is cut off does not say so. */
function watch(redis: Redis, silence: number): void {
  let asked: number | undefined;
  const timer = setInterval(() => {
    if (redis.status !== 'ready') asked = undefined;
    else if (asked === undefined) {
      asked = performance.now();
      redis.ping().then(answered, answered);
    } else if (performance.now() - asked > silence) {
      asked = undefined;
      redis.disconnect(true);
    }
  }, silence / 4);
  const answered = (): void => void (asked = undefined);
  timer.unref();
  redis.on('end', () => clearInterval(timer));
}
