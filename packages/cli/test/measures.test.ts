import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { freshModel } from '@nads/study';
import { writeModel } from '@nads/onnx';
import { complaint, done, model, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

test('measures are written in numbers and pictures; a model without any is refused', async () => {
  const sizes = { channels: 1, height: 8, width: 8, classes: 2 };
  const file = folder.path('nsl.onnx');
  writeFileSync(file, writeModel((await freshModel('nsl-static', sizes)).model));
  const { stdout } = await done('measures', file, '--out', folder.path('measures'));
  expect(stdout).toMatch(/^conv1\.1: unconstrained, 3×3, singular values from 1\.000 to 1\.000\n/);
  const written = JSON.parse(readFileSync(folder.path('measures', 'measures.json'), 'utf8'));
  expect(written.static).toHaveLength(2);
  expect(existsSync(folder.path('measures', 'spectrum.svg'))).toBe(true);
  expect(await complaint('measures', model('lenet'), '--out', folder.path('none'))).toMatch(
    /lenet\.onnx: it has no learnt measures/,
  );
});

test('dynamic measures are of an image; without one it is said how to give it', async () => {
  const sizes = { channels: 1, height: 8, width: 8, classes: 2 };
  const file = folder.path('dynamic.onnx');
  writeFileSync(file, writeModel((await freshModel('nsl-dynamic', sizes)).model));
  const out = folder.path('dynamic');
  const { stdout } = await done('measures', file, '--out', out);
  expect(stdout).toMatch(/dynamic; --data shows them over an image\n/);
  expect(stdout).toMatch(new RegExp(`\nwritten to ${out}\n$`));
  await done('report', out);
  const html = readFileSync(`${out}/report.html`, 'utf8');
  expect(html).not.toContain('<table'); // of measures that are the same everywhere: there are none
  const data = folder.path('set.npz');
  await done('synth', '--basis', 'dct', '--index', '1', '--count', '2', '--size', '8', '-o', data);
  const other = ['--data', data, '--range', 'stored', '--index', '7', '--out', out, '--force'];
  expect(await complaint('measures', file, ...other)).toMatch(
    /dynamic\.onnx: --index: 7 is out of range; the set has images 0 to 1$/,
  );
});
