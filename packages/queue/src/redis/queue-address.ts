import { OptionError } from '@nads/linalg';

/** Where Redis is. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  /** Whether the connection is encrypted. */
  readonly tls: boolean;
  /** As it may be shown. */
  readonly name: string;
}

/**
 * The address in a URL, redis://HOST[:PORT][/DATABASE], or rediss:// with encryption.
 * @throws OptionError where it is another, or holds a password: it is never repeated then
 */
export function queueAddress(url: string): QueueAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.username || parsed?.password || /\/\/[^/]*@/.test(url))
    throw new OptionError(
      'queue',
      'the URL holds a user or password, which lists of processes and logs would show; leave it out, change it if it was shown, and set REDIS_USERNAME and REDIS_PASSWORD in the environment',
    );
  const database = /^\/?(\d{0,4})$/.exec(parsed?.pathname ?? '')?.[1];
  const isRedis = parsed && ['redis:', 'rediss:'].includes(parsed.protocol);
  if (!isRedis || !parsed.hostname || database === undefined || parsed.search || parsed.hash)
    throw new OptionError(
      'queue',
      `expected redis://HOST:PORT, or rediss://HOST:PORT with encryption; got '${url.replace(/[?#].*/s, '…')}'`,
    );
  const port = Number(parsed.port || defaultPort);
  return {
    host: parsed.hostname.replaceAll(/^\[|\]$/g, ''),
    port,
    database: Number(database),
    tls: parsed.protocol === 'rediss:',
    name: `${parsed.protocol}//${parsed.hostname}:${port}${database && `/${database}`}`,
  };
}

const defaultPort = 6379;
