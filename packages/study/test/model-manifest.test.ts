import { createHash } from 'node:crypto';
import { downloadModel, type KnownModel } from '../src/node/model-manifest.js';

const contents = new TextEncoder().encode('a model');
const sha256 = createHash('sha256').update(contents).digest('hex');
const known: KnownModel = {
  name: 'far',
  description: 'far away',
  provenance: 'elsewhere',
  license: 'Apache-2.0',
  url: 'https://example.org/far.onnx',
  sha256,
};
const answering =
  (body: Uint8Array<ArrayBuffer>, status = 200): typeof fetch =>
  async () =>
    new Response(body, { status });

test('a model from the web is the one whose sha256 the manifest gives', async () => {
  expect(await downloadModel(known, answering(contents))).toEqual({ bytes: contents, sha256 });
  await expect(downloadModel(known, answering(new Uint8Array(3)))).rejects.toThrow(
    `expected ${sha256}; download it again`,
  );
});

test('where it cannot be had, its address is given', async () => {
  await expect(downloadModel(known, answering(contents, 404))).rejects.toThrow(
    'far: the server responded with 404',
  );
  const offline: typeof fetch = async () => {
    throw new Error('offline');
  };
  await expect(downloadModel(known, offline)).rejects.toThrow(
    'far: cannot be downloaded (offline); check the internet connection, or get https://example.org/far.onnx elsewhere',
  );
});
