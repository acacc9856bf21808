import { existsSync } from 'node:fs';
import { complaint, done, model } from './run-nads.js';

test('the list has one line a model, and says which come with nads', async () => {
  const { stdout } = await done('models');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(8);
  expect(stdout).toMatch(/^lenet +models\/lenet.onnx +LeNet/m);
  expect(stdout).toMatch(/^densenet-12 +to download/m);
});

test('the list as JSON says where each comes from, and where it was verified', async () => {
  const { stdout } = await done('models', 'list', '--json');
  const entries = JSON.parse(stdout) as Record<string, string>[];
  for (const { name, provenance, license, file, sha256 } of entries) {
    expect([name, provenance, license].every(text => text.length > 0)).toBe(true);
    if (file) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
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

test('a model that nobody knows, and one without an address, are refused', async () => {
  expect(await complaint('models', 'get', 'nobody')).toMatch(
    /^unknown model 'nobody'; expected one of .*lenet/,
  );
  expect(await complaint('models', 'get', 'resnet18-v1-7', '--out', 'never.onnx')).toMatch(
    /^resnet18-v1-7: no verified URL is known; see its provenance: ONNX model zoo/,
  );
  expect(existsSync('never.onnx')).toBe(false);
});
