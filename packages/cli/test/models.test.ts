import { mkdirSync, readFileSync } from 'node:fs';
import { complaint, done, model, start, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

test('the list has one line a model, and says which come with nads', async () => {
  const { stdout } = await done('models');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(8);
  expect(stdout).toMatch(/^lenet +models\/lenet.onnx +LeNet/m);
  expect(stdout).toMatch(/^densenet-12 +to download, not tried here/m);
});

test('the list as JSON says where each comes from, and where it was verified', async () => {
  const { stdout } = await done('models', 'list', '--json');
  const entries = JSON.parse(stdout) as Record<string, string>[];
  for (const { name, provenance, license, file, url, sha256 } of entries) {
    expect([name, provenance, license].every(text => text.length > 0)).toBe(true);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    if (!file) expect(url).toMatch(/^https:.*\.onnx$/);
  }
});

test('the files that come with nads are as the manifest says', async () => {
  const { stdout } = await done('models', 'check');
  expect(stdout).toContain('lenet: models/lenet.onnx matches the manifest');
});

test('a model that comes with nads needs no download', async () => {
  const { stdout } = await done('models', 'get', 'lenet');
  expect(stdout.trimEnd()).toBe(`lenet comes with nads: ${model('lenet')}`);
});

test('a model that comes with nads is copied where a file is named', async () => {
  const copy = folder.path('copy.onnx');
  const { stdout } = await done('models', 'get', 'lenet', '--out', copy);
  expect(stdout).toMatch(/copy.onnx: 245732 bytes, sha256 fc8c5da1/);
  expect(readFileSync(copy)).toEqual(readFileSync(model('lenet')));
});

test('a model that nobody knows is refused', async () => {
  expect(await complaint('models', 'get', 'nobody')).toMatch(
    /^unknown model 'nobody'; expected one of .*lenet/,
  );
});

test('a name stands for the file that comes with nads, wherever a model is expected', async () => {
  const byName = (await done('inspect', 'lenet')).stdout.split('\n');
  const byFile = (await done('inspect', model('lenet'))).stdout.split('\n');
  expect(byName[0]).toMatch(/^file +lenet \(245732 bytes\)/);
  expect(byName.slice(1)).toEqual(byFile.slice(1));
});

test('a folder of results may be called as the model is', async () => {
  mkdirSync(folder.path('lenet'));
  const { code, stdout } = await start(['inspect', 'lenet'], {}, folder.path()).outcome;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^file +lenet \(245732 bytes\)/);
});

test('the name of a model that does not come with nads says how to get it', async () => {
  expect(await complaint('inspect', 'vgg16-7')).toBe(
    'vgg16-7: this model does not come with nads; get it with nads models get vgg16-7, and give the file',
  );
  expect(await complaint('inspect', 'nothing.onnx')).toMatch(/^nothing\.onnx: no such file/);
});

test('addresses that anybody could change on the way are refused, and so are half names', async () => {
  expect(await complaint('models', 'get', 'http://example.org/a.onnx')).toMatch(
    /expected an address that begins with https/,
  );
  expect(await complaint('models', 'get', 'hf:owner/model.onnx')).toMatch(/expected hf:OWNER/);
});
