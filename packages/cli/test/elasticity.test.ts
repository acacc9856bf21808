import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { attributes, node, writeModel, type Model } from '@nads/onnx';
import { parseElasticitySummary } from '@nads/study';
import { modelOf, value, weights } from './make-model.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const count = 8;
const images = new Float32Array(count * 9);
new Random('images').fillNormal(images, 0, 1);

function dataOf(name: string, labels?: readonly number[], values = images): string {
  const file = folder.path(`${name}.npz`);
  const known = labels && {
    labels: { dtype: 'int32' as const, shape: [count], data: Int32Array.from(labels) },
  };
  writeFileSync(
    file,
    encodeNpz({
      images: { dtype: 'float32', shape: [count, 1, 3, 3], data: values },
      ...known,
    }),
  );
  return file;
}
const data = dataOf('data', [0, 1, 0, 1, 0, 1, 0, 1]);

const network = (): Model =>
  modelOf(
    [
      node('Conv', ['x', 'kernel'], ['conv'], attributes({ pads: [1, 1, 1, 1] })),
      node('Relu', ['conv'], ['relu']),
      node('Flatten', ['relu'], ['flat']),
      node('Gemm', ['flat', 'dense'], ['y'], attributes({ transB: 1 })),
    ],
    {
      inputs: [value('x', ['N', 1, 3, 3])],
      outputs: [value('y', ['N', 1])],
      initializers: { kernel: weights(2, 1, 3, 3), dense: weights(1, 18) },
    },
  );
const model = folder.path('model.onnx');
writeFileSync(model, writeModel(network()));

const always = ['--data', data, '--range', 'stored'];
const squared = [...always, '--loss', 'squared'];

test('writes similarities, clusters and a picture, which plot draws again', async () => {
  const out = folder.path('out');
  const args = ['elasticity', model, ...squared, '--eta', '0.01', '--out', out];
  const { stdout, stderr } = await done(...args);
  expect(readdirSync(out)).toEqual([
    'elasticity.json',
    'elasticity.npz',
    'run.json',
    'similarities.npz',
    'similarities.png',
    'similarities.svg',
  ]);
  expect(stderr).toMatch(
    /1 output\(s\), 36 parameters; 8 gradients .*, gradients of whole batches/,
  );
  const rows = stdout.trimEnd().split('\n');
  expect(rows[1]).toMatch(/^2 clusters +adjusted Rand +share in matched clusters$/);
  expect(rows.slice(2, 6).map(row => row.split(',')[0])).toEqual([
    'S_ker',
    'S_rel',
    'pixels',
    'principal components',
  ]);
  expect(rows[6]).toMatch(/^mean S_rel within classes \d\.\d{4}, between \d\.\d{4}$/);
  expect(rows.at(-1)).toMatch(/η = 0\.01: S_ker \d.*, S_rel \d/);
  expect((await done(...args)).stderr).toContain('nothing to do');
  const picture = readFileSync(`${out}/similarities.svg`);
  await done('plot', out, '--out', folder.path('again'));
  expect(readFileSync(folder.path('again', 'similarities.svg'))).toEqual(picture);
});

test('JSON is what its schema says', async () => {
  const fresh = ['--weights', 'fresh', '--repeats', '2', '--seed', '3', '--json'];
  const out = folder.path('fresh');
  const { stdout } = await done('elasticity', model, ...squared, ...fresh, '--out', out);
  expect(stdout).toBe(readFileSync(`${out}/elasticity.json`, 'utf8'));
  const { settings, loss } = parseElasticitySummary('it', stdout);
  expect(settings).toMatchObject({ weights: 'fresh', repeats: 2, seed: 3, loss: 'squared' });
  expect(loss.values).toHaveLength(2);
});

const huge = Float32Array.from(images);
huge.fill(3e38, 27, 36);

test.each([
  ['no labels', ['--data', dataOf('bare')], /^--data: .*bare\.npz has no labels/],
  [
    'a label out of range',
    ['--data', dataOf('three', [0, 1, 2, 0, 1, 2, 0, 1])],
    /--primary: .* has an image of class 2, but one output has targets 0 and 1; give the classes/,
  ],
  ['a class that is not there', ['--classes', '0,5'], /^--classes: .* has no image of class 5/],
  [
    'an output that is not there',
    ['--output-index', '3'],
    /--output-index: .* has outputs 0 to 0, not 3/,
  ],
  ['more clusters than images', ['--clusters', '9'], /^--clusters: 8 images cannot be/],
  ['an unknown loss', ['--loss', 'hinge'], /--loss <loss>.*hinge/],
  ['a step of no length', ['--eta', '0'], /--eta <x,...>.*Expected a number above 0/],
  [
    'a loss that is not finite',
    ['--data', dataOf('huge', [0, 1, 0, 1, 0, 1, 0, 1], huge)],
    /gives .* for .*image 3; leave it out/,
  ],
])('%s is one line and exit code 2', async (_, args, expected) => {
  const never = folder.path('never');
  expect(await complaint('elasticity', model, ...squared, ...args, '--out', never)).toMatch(
    expected,
  );
  expect(existsSync(never)).toBe(false);
});

test('a loss has to be chosen', async () => {
  const never = folder.path('never');
  expect(await complaint('elasticity', model, ...always, '--out', never)).toMatch(/--loss <loss>/);
});
