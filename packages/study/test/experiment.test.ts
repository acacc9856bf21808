import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { encodeNpz } from '@nads/dataset';
import { Random } from '@nads/linalg';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'experiment-'));
afterAll(() => rmSync(folder, { recursive: true }));

const count = 32;
const [side, classes] = [12, 10];

/** Noise with labels. */
function data(): string {
  const images = new Float32Array(count * side * side);
  new Random('images').fillUniform(images, 0, 1);
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  const file = join(folder, 'data.npz');
  writeFileSync(
    file,
    encodeNpz({
      images: { dtype: 'float32', shape: [count, 1, side, side], data: images },
      labels: { dtype: 'int32', shape: [count], data: labels },
    }),
  );
  return file;
}

const experiment = (...args: readonly string[]) =>
  promisify(execFile)(
    process.execPath,
    ['--import', './tools/typescript/register.mjs', 'experiments/run.ts', ...args],
    { cwd: root },
  );

const table = (name: string): string[][] =>
  readFileSync(join(folder, 'out', name), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map(line => line.split(','));

test('the experiment on similarities compares NADs, and what is learnt along them and of images', async () => {
  const file = data();
  const settings = {
    data: file,
    'test-data': file,
    architectures: 'logreg,nsl-dynamic',
    seeds: '0',
    epochs: '1',
    networks: '1',
    indices: '0,20',
    'direction-images': '512',
    'direction-epochs': '6',
    out: join(folder, 'out'),
  };
  const given = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const { stdout } = await experiment('similarity', ...given);
  expect(stdout).toMatch(/logreg, nsl-dynamic: [01]\.\d\d, /);
  expect(table('along.csv').map(row => row.slice(0, 4).join())).toEqual(
    [
      ['logreg', 'logreg'],
      ['nsl-dynamic', 'nsl-dynamic'],
      ['nsl-dynamic', 'logreg'],
    ].flatMap(pair => ['0', '20'].map(index => [...pair, index, '0'].join())),
  );
  // a linear network separates D(v) along any direction
  const ofLinear = table('along.csv').filter(([name]) => name === 'logreg');
  expect(ofLinear.every(row => Number(row[4]) > 0.8)).toBe(true);
  expect(table('accuracies.csv')).toHaveLength(2);
}, 120_000);
