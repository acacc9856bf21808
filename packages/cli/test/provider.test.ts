import { existsSync } from 'node:fs';
import { complaint, model, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const out = folder.path('out');
const estimate = ['estimate', model('lenet'), '--networks', '1', '--out', out];

test('a provider that onnxruntime lacks on this system is named, and nothing is written', async () => {
  const elsewhere = process.platform === 'darwin' ? 'dml' : 'coreml';
  expect(await complaint(...estimate, '--provider', elsewhere)).toMatch(
    new RegExp(`has no provider '${elsewhere}'; it has cpu`),
  );
  expect(existsSync(`${out}/nads.npz`)).toBe(false);
});

test('workers elsewhere have providers of their own', async () => {
  expect(
    await complaint(
      ...estimate,
      '--provider',
      'cuda',
      '--queue',
      'redis://localhost',
      '--store',
      out,
    ),
  ).toMatch(/--provider has no effect with --queue/);
});
