import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeNpz, encodeNpy, encodeNpz } from '@nads/dataset';
import { direction, parseBasis } from '@nads/basis';
import { Random } from '@nads/linalg';
import { readModel, writeModel } from '@nads/onnx';
import { float32 } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { architectureOf, freshNetwork } from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const [count, side] = [12, 32];
const area = side * side;
const random = new Random('margin');
const sizes = { channels: 1, height: side, width: side, classes: 4 };
const lenet = folder.path('lenet.onnx');
const bytes = Uint8Array.from({ length: count * area }, () => random.int(256));
const data = folder.path('set.npz');

beforeAll(async () => {
  await chooseBackend('cpu');
  const { onnx } = freshNetwork(architectureOf('lenet'), sizes, { random: new Random(1) });
  writeFileSync(lenet, writeModel(onnx));
  writeFileSync(
    data,
    encodeNpz({
      images: { dtype: 'uint8', shape: [count, 1, side, side], data: bytes },
      labels: {
        dtype: 'int32',
        shape: [count],
        data: Int32Array.from(bytes.slice(0, count), b => b % 4),
      },
    }),
  );
});

test('every perturbation changes the decision in onnxruntime, and lies in its block', async () => {
  const out = folder.path('out');
  const { stdout } = await done(
    'margin',
    lenet,
    '--data',
    data,
    '--basis',
    'dct',
    '--block',
    '256',
    '--std',
    '0.5',
    '--mean',
    '0.5',
    '--images',
    '12',
    '--perturbations',
    '--out',
    out,
  );
  expect(stdout).toMatch(/median margins along dct/);
  expect(stdout).toMatch(/Spearman correlation/);
  const [head, ...rows] = readFileSync(folder.path('out', 'margins.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(head).toBe('image,name,true_label,label,target,block,first,last,margin,iterations');
  expect(rows).toHaveLength(count * 4);
  const { data: r, shape } = decodeNpz(readFileSync(folder.path('out', 'perturbations.npz'))).get(
    'perturbations',
  )!;
  expect(shape).toEqual([count, 4, 1, side, side]);
  const model = readModel(readFileSync(lenet), 'lenet.onnx');
  const session = await nodeRuntime.createSession(writeModel(model));
  const decision = async (pixels: Float32Array): Promise<number> => {
    const x = float32(
      pixels.map(value => (value - 0.5) / 0.5),
      [1, 1, side, side],
    );
    const [logits] = Object.values(await session.run({ [session.inputs[0]]: x }));
    const scores = Array.from(logits.data as Float32Array);
    return scores.indexOf(Math.max(...scores));
  };
  const dct = parseBasis('dct', sizes);
  let [found, misledEarlier] = [0, 0];
  for (const [at, line] of rows.entries()) {
    const cells = line.replaceAll(/"[^"]*"/g, '').split(',');
    const [image, label, target, block, margin] = [0, 3, 4, 5, 8].map(i => cells[i]);
    if (margin === 'inf') continue;
    found++;
    const perturbation = (r as Float32Array).slice(at * area, (at + 1) * area);
    const clean = Float32Array.from(
      bytes.subarray(Number(image) * area, (Number(image) + 1) * area),
      value => value / 255,
    );
    expect(await decision(clean)).toBe(Number(label));
    expect(await decision(clean.map((value, i) => value + perturbation[i]))).toBe(Number(target));
    expect(target).not.toBe(label);
    const shorter = clean.map((value, i) => value + 0.8 * perturbation[i]);
    if ((await decision(shorter)) !== Number(label)) misledEarlier++;
    const norm = Math.hypot(...perturbation);
    expect(Math.abs(norm / Number(margin) - 1)).toBeLessThan(1e-5);
    const outside = [0, 1, 2, 3]
      .filter(other => other !== Number(block))
      .map(other => {
        const u = direction(dct, other * 256 + 17);
        return Math.abs(perturbation.reduce((sum, value, i) => sum + value * u[i], 0));
      });
    expect(Math.max(...outside) / norm).toBeLessThan(1e-5);
  }
  expect(found).toBeGreaterThan(count);
  // boundaries are nearly where the search ended, in the units that it reports
  expect(misledEarlier).toBeLessThan(0.2 * found);
  await session.release();
});

test('blocks can be chosen, and quartiles are written', async () => {
  const out = folder.path('few');
  await done(
    'margin',
    lenet,
    '--data',
    data,
    '--block',
    '128',
    '--blocks',
    '0,7',
    '--images',
    '4',
    '--quiet',
    '--out',
    out,
  );
  const rows = readFileSync(folder.path('few', 'blocks.csv'), 'utf8').trimEnd().split('\n');
  expect(rows[0]).toBe(
    'block,first,last,images,found,q25,median,q75,gradient_energy,gradient_share',
  );
  expect(rows.slice(1).map(line => line.split(',').slice(0, 4).join())).toEqual([
    '0,0,127,4',
    '7,896,1023,4',
  ]);
});

test.each(['pixels', 'dct:8', 'fourier:8', 'blocks:4', 'random:8:3'])(
  'margins go along %s, too',
  async basis => {
    const out = `along-${basis.replaceAll(':', '-')}`;
    const few = ['--images', '2', '--block', '4', '--blocks', '0-1', '--basis', basis];
    const { stdout } = await done(
      'margin',
      lenet,
      '--data',
      data,
      ...few,
      '--out',
      folder.path(out),
    );
    expect(stdout).toContain(`median margins along ${basis}, `);
    const rows = readFileSync(folder.path(out, 'blocks.csv'), 'utf8').trimEnd().split('\n');
    expect(rows.slice(1).map(line => line.split(',').slice(0, 3).join())).toEqual([
      '0,0,3',
      '1,4,7',
    ]);
  },
);

test('rows that had to be made orthonormal are told', async () => {
  const rows = new Float32Array(2 * area);
  [rows[0], rows[area], rows[area + 1]] = [1, 1, 1];
  const file = folder.path('rows.npy');
  writeFileSync(file, encodeNpy({ dtype: 'float32', shape: [2, area], data: rows }));
  const { stderr } = await done(
    'margin',
    lenet,
    '--data',
    data,
    '--images',
    '2',
    '--block',
    '1',
    '--basis',
    file,
    '--quiet',
    '--out',
    folder.path('rows'),
  );
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^nads: .*rows.npy: row 1 has norm 1.414;/),
  ]);
});

test('what does not fit is said in a line', async () => {
  const out = folder.path('bad');
  const margin = ['margin', lenet, '--data', data, '--out', out];
  expect(await complaint(...margin, '--block', '2000')).toContain(
    '--block: a block of 2000 directions is larger than dct, which has 1024',
  );
  expect(await complaint(...margin, '--classes', '50')).toMatch(
    /--classes: 50 is too large: there are \d+ outputs$/,
  );
  expect(await complaint(...margin, '--basis', 'waves')).toContain("unknown basis 'waves'");
  expect(existsSync(out)).toBe(false);
});

test('a model with fewer outputs than there are classes is refused', async () => {
  const { onnx } = freshNetwork(
    architectureOf('lenet'),
    { ...sizes, classes: 2 },
    { random: new Random(1) },
  );
  const two = folder.path('two.onnx');
  writeFileSync(two, writeModel(onnx));
  expect(await complaint('margin', two, '--data', data, '--out', folder.path('two'))).toBe(
    `${data}: has 4 classes, ${two} has 2 outputs; give the data that it was trained on, or images without labels`,
  );
});
