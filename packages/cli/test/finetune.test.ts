import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';
import { attributes, node, readModel, writeModel } from '@nads/onnx';
import { modelOf, network, rest } from './make-model.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const count = 40;

/** Images brighter than others, or not. */
function written(labels: (index: number) => number = i => i % 2): string {
  const random = new Random('images');
  const data = new Float32Array(count * 64);
  random.fillUniform(data, 0, 0.5);
  for (let i = 0; i < data.length; i++) data[i] += 0.5 * ((i >> 6) % 2);
  const file = folder.path(`${labels(1)}.npz`);
  const images = { dtype: 'float32' as const, shape: [count, 1, 8, 8], data };
  const chosen = Int32Array.from({ length: count }, (_, i) => labels(i));
  writeFileSync(
    file,
    encodeNpz({ images, labels: { dtype: 'int32', shape: [count], data: chosen } }),
  );
  return file;
}

const model = folder.path('model.onnx');
writeFileSync(model, writeModel(network()));
const data = ['--data', written(), '--range', 'stored'];
const short = [...data, '--epochs', '4', '--batch', '9', '--learning-rate', '0.003'];

test('a model is trained further and written with its history', async () => {
  const out = folder.path('tuned');
  const { stdout, stderr } = await done('finetune', model, ...short, '--out', out);
  expect(stdout).toMatch(
    /^4 epoch\(s\): loss \S+, train accuracy \S+ %, validation accuracy \S+ → \S+ % \(.*\), written to /,
  );
  expect(stderr).toContain('36 images 1×8×8, 2 classes; 4 images of');
  const { graph } = readModel(readFileSync(`${out}/model.onnx`), 'model.onnx');
  expect(graph.inputs[0]).toMatchObject({ name: 'x', dims: ['N', 1, 8, 8] });
  expect(readFileSync(`${out}/history.csv`, 'utf8').trimEnd().split('\n')).toHaveLength(5);
  expect((await done('finetune', model, ...short, '--out', out)).stderr).toContain('nothing to do');
  const again = folder.path('again');
  await done('finetune', model, ...short, '--out', again);
  expect(readFileSync(`${again}/model.onnx`)).toEqual(readFileSync(`${out}/model.onnx`));
});

test('the result is JSON for programs', async () => {
  const out = folder.path('json');
  const options = ['--no-validation', '--json', '--quiet', '--out', out];
  const { stdout } = await done('finetune', model, ...short, ...options);
  const found = JSON.parse(stdout) as { settings: object; history: unknown[]; best?: object };
  expect(found).toMatchObject({ format: 'finetune', epochs: 4, file: `${out}/model.onnx` });
  expect(found.settings).toMatchObject({ learningRate: 0.003, keep: 'last', validation: false });
  expect([found.history.length, found.best]).toEqual([4, undefined]);
});

const quantised = folder.path('quantised.onnx');
const scale = { scale: { type: 'float32' as const, dims: [], data: Float32Array.of(0.1) } };
const rounded = [
  node('QuantizeLinear', ['conv', 'scale'], ['q']),
  node('DequantizeLinear', ['q', 'scale'], ['d']),
];
writeFileSync(quantised, writeModel(network(rounded, { initializers: scale })));
const integral = folder.path('integral.onnx');
const choice = node('ArgMax', ['x'], ['y'], attributes({ axis: 1, keepdims: 0 }));
writeFileSync(integral, writeModel(modelOf([...rest('x').slice(0, 0), choice])));

test.each([
  [[model, ...data, '--learning-rate', '1e39'], /--learning-rate: the loss is (NaN|Infinity)/],
  [[quantised, ...data], /quantised\.onnx: node 'q' \(QuantizeLinear\): quantised models are not/],
  [[integral, ...data], /integral\.onnx: /],
  [
    [model, '--data', written(i => 3 * (i % 2)), '--range', 'stored'],
    /has label 3, .*model\.onnx has classes 0 to 1/,
  ],
  [[model, ...data, '--no-validation', '--keep', 'best'], /--keep: the best weights are those on/],
  [[model, ...data, '--resume'], /checkpoint\.npz not found/],
])('%j is refused and nothing is written', async (options, message) => {
  const out = folder.path('refused');
  expect(await complaint('finetune', ...options, '--quiet', '--out', out)).toMatch(message);
  expect(existsSync(`${out}/model.onnx`)).toBe(false);
});

test('messages name --validation, not --no-validation', async () => {
  const out = folder.path('none');
  const options = ['--no-validation', '--keep', 'best', '--out', out];
  expect(await complaint('finetune', model, ...short, ...options)).toMatch(
    /^--keep: the best weights are those on --validation images; hold some out$/,
  );
});
