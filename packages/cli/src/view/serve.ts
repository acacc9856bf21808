import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openedFile, openedNow } from './opened.js';
import { typeOf, type Page } from './site.js';

/** A site that is served to this machine only. */
export interface Served {
  readonly address: string;
  close(): Promise<void>;
}

/** What pages need to share memory between threads, and what they may load: nothing from elsewhere. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

const loopback = '127.0.0.1';

/**
 * Serves a site, what was opened with it below `opened/`, and a list of that as `opened.json`, on the loopback interface. Requests under
 * another host name are refused: names of elsewhere can be made to lead here.
 * @param port 0 for any that is free. @throws where the port is taken
 */
export async function serve(
  site: ReadonlyMap<string, () => Page>,
  paths: readonly string[],
  port: number,
): Promise<Served> {
  const server = createServer((request, response) => {
    const own = (server.address() as AddressInfo).port;
    const known = [`${loopback}:${own}`, `localhost:${own}`];
    if (!known.includes(request.headers.host ?? '')) return send(response, 403);
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405);
    try {
      send(response, 200, pageOf(site, paths, request));
    } catch {
      send(response, 404); // a file that went away meanwhile
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, resolve);
  });
  return {
    address: `http://${loopback}:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pageOf(
  site: ReadonlyMap<string, () => Page>,
  paths: readonly string[],
  { url = '/' }: IncomingMessage,
): Page | undefined {
  const { pathname } = new URL(url, `http://${loopback}`);
  if (pathname === '/opened.json')
    return {
      type: typeOf(pathname),
      contents: new TextEncoder().encode(JSON.stringify(openedNow(paths))),
    };
  const [, index, name] = /^\/opened\/(\d+)\/([^/]+)$/.exec(pathname) ?? [];
  if (name !== undefined && Number(index) < paths.length)
    return openedFile(paths[Number(index)], decodeURIComponent(name));
  return site.get(pathname)?.();
}

function send(response: ServerResponse, status: number, page?: Page): void {
  if (status === 200 && !page) return send(response, 404);
  response.writeHead(status, {
    ...headers,
    'Content-Type': page?.type ?? 'text/plain',
    'Content-Length': page?.contents.length ?? 0,
  });
  response.end(page?.contents);
}
