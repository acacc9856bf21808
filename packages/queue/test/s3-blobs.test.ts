import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ContentStore, openBlobs } from '../src/index.js';

/** A server that speaks as much of S3's protocol as a store needs. */
class Bucket {
  readonly objects = new Map<string, Buffer>();
  readonly seen: IncomingMessage[] = [];
  /** Answers that are given first, once each. */
  readonly failures: [status: number, code: string][] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async listen(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.seen.push(request);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const key = new URL(request.url!, 'http://x').pathname;
    const failure = this.failures.shift();
    const fail = (status: number, code: string): void =>
      void response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    if (failure) return fail(...failure);
    if (request.method === 'PUT') {
      this.objects.set(key, Buffer.concat(parts));
      response.writeHead(200, { etag: '"x"' }).end();
    } else {
      const found = this.objects.get(key);
      if (!found) return fail(404, 'NoSuchKey');
      response.writeHead(200, { 'content-length': found.length }).end(found);
    }
  }
}

let bucket: Bucket;
const before = { ...process.env };
beforeEach(async () => {
  bucket = new Bucket();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: await bucket.listen(),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
});
afterEach(async () => {
  await bucket.close();
  process.env = { ...before };
});

test('contents come back by their sha256, below the prefix', async () => {
  const store = new ContentStore(openBlobs('s3://models/nads/'));
  expect(store.name).toBe('s3://models/nads');
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
  const hash = await store.put(bytes);
  expect([...bucket.objects.keys()]).toEqual([`/models/nads/content/${hash.slice(0, 2)}/${hash}`]);
  expect(Buffer.from(await store.get('setup', hash))).toEqual(Buffer.from(bytes));
  for (const { headers } of bucket.seen) expect(headers.authorization).toMatch(/Credential=key\//);
});

test('what is not there, or is something else, is named', async () => {
  const store = new ContentStore(openBlobs('s3://models'));
  const hash = await store.put(Uint8Array.of(1));
  for (const key of bucket.objects.keys()) bucket.objects.set(key, Buffer.from('x'));
  await expect(store.get('setup', hash)).rejects.toThrow(
    /^store s3:\/\/models: .*holds 1 bytes of sha256/,
  );
  expect(await store.recordOf(hash)).toBeUndefined();
});

test('a server that is busy is asked again; what lasts is trouble of the store', async () => {
  const store = new ContentStore(openBlobs('s3://models/a'));
  bucket.failures.push([503, 'SlowDown']);
  const hash = await store.put(Uint8Array.of(1));
  expect(await store.get('task', hash)).toHaveLength(1);
  bucket.failures.push([403, 'AccessDenied']);
  await expect(store.put(Uint8Array.of(2))).rejects.toMatchObject({
    name: 'StoreTrouble',
    message: expect.stringMatching(
      /the keys in the environment may not do this while writing content/,
    ),
  });
  bucket.failures.push([404, 'NoSuchBucket']);
  await expect(store.recordOf(hash)).rejects.toThrow(
    'there is no such bucket while reading results/',
  );
});

test('an address that is none is refused', () => {
  expect(() => openBlobs('s3://')).toThrow('expected s3://BUCKET/PREFIX');
});
