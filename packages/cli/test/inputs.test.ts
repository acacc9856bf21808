import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { encodeNpy, encodeNpz } from '@nads/dataset';
import { writeModel } from '@nads/onnx';
import { network } from './make-model.js';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const model = folder.path('m.onnx');
const images = { dtype: 'float32', shape: [4, 1, 8, 8], data: new Float32Array(4 * 64) } as const;
const labels = { dtype: 'int32', shape: [4], data: Int32Array.of(0, 1, 0, 1) } as const;

beforeAll(() => {
  writeFileSync(model, writeModel(network()));
  mkdirSync(folder.path('x'));
  linkSync(model, folder.path('hard.onnx'));
  symlinkSync('m.onnx', folder.path('soft.onnx'));
  writeFileSync(folder.path('x.npy'), encodeNpy(images));
  for (const name of ['flipped', 'poisoned']) {
    mkdirSync(folder.path(name));
    writeFileSync(folder.path(name, `${name}.npz`), encodeNpz({ images, labels }));
  }
});

/** The command refuses, and the input is what it was. */
async function refuses(input: string, ...args: string[]): Promise<void> {
  const before = readFileSync(input);
  expect(await complaint(...args)).toMatch(/this is (an|the) input.*; write somewhere else$/);
  expect(readFileSync(input)).toEqual(before);
}

test.each(['m.onnx', 'x/../m.onnx', 'hard.onnx', 'soft.onnx'])(
  'gradient m.onnx -o %s is refused',
  name => refuses(model, 'gradient', model, '-o', `${folder.path()}/${name}`),
);

test('probe --points x -o x is refused', () =>
  refuses(
    folder.path('x.npy'),
    'probe',
    model,
    '--points',
    folder.path('x.npy'),
    '-o',
    folder.path('x.npy'),
  ));

test('degree --coefficients and score --kernel do not replace the model', async () => {
  await refuses(model, 'degree', model, '--coefficients', model);
  const data = ['--data', folder.path('flipped', 'flipped.npz'), '--range', 'stored'];
  await refuses(model, 'score', model, ...data, '--batch', '4', '--force', '--kernel', model);
});

test('score --kernel and --out are refused before anything is scored', async () => {
  const data = ['--data', folder.path('flipped', 'flipped.npz'), '--range', 'stored'];
  await refuses(model, 'score', model, ...data, '--batch', '99', '--force', '--kernel', model);
  await refuses(model, 'score', model, ...data, '--batch', '99', '--force', '--out', model);
});

test('score --cells does not replace the list of cells', async () => {
  const cells = folder.path('cells.csv');
  writeFileSync(cells, 'cell\n|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|\n');
  const data = ['--data', folder.path('flipped', 'flipped.npz'), '--range', 'stored'];
  const before = readFileSync(cells);
  await complaint('score', '--cells', cells, ...data, '--out', cells);
  expect(readFileSync(cells)).toEqual(before);
});

test('synth along the directions of a file does not replace it', async () => {
  await done('estimate', model, '--networks', '2', '--out', folder.path('nads'));
  const basis = `nads:${folder.path('nads')}`;
  const size = ['--size', '8', '--count', '4'];
  const npz = folder.path('nads', 'nads.npz');
  await refuses(npz, 'synth', '--basis', basis, '--index', '0', ...size, '-o', npz);
});

test.each(['flip', 'poison'])('%s does not replace its own images', command => {
  const name = command === 'flip' ? 'flipped' : 'poisoned';
  const input = folder.path(name, `${name}.npz`);
  const along = ['--basis', 'dct', ...(command === 'poison' ? ['--index', '0'] : [])];
  return refuses(input, command, '--data', input, ...along, '--out', folder.path(name));
});
