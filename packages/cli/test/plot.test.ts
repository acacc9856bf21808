import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { complaint, done, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const lenet = fileURLToPath(new URL('../../../models/lenet.onnx', import.meta.url));
const result = folder.path('lenet');
beforeAll(() => done('estimate', lenet, '--networks', '2', '--basis', 'dct:4', '--out', result));

const read = (...names: string[]) => readFileSync(folder.path(...names));

test('pictures are drawn again beside the results, the same to the byte', async () => {
  const before = [read('lenet', 'gallery.svg'), read('lenet', 'spectrum.svg')];
  rmSync(folder.path('lenet', 'gallery.svg'));
  const { stdout } = await done('plot', result);
  expect(stdout).toBe(`written to ${result}/gallery.svg\nwritten to ${result}/spectrum.svg\n`);
  expect([read('lenet', 'gallery.svg'), read('lenet', 'spectrum.svg')]).toEqual(before);
});

test('in other formats and sizes, into another folder', async () => {
  const out = folder.path('figures');
  await done('plot', result, '--format', 'png,pdf', '--width', '50.8', '--dpi', '100', '-o', out);
  expect(readdirSync(out).toSorted()).toEqual([
    'gallery.pdf',
    'gallery.png',
    'spectrum.pdf',
    'spectrum.png',
  ]);
  expect(read('figures', 'gallery.png').readUInt32BE(16)).toBe(200);
  expect(read('figures', 'gallery.pdf').toString('latin1')).toMatch(/MediaBox \[0 0 144 /u);
});

test('what cannot be drawn is one line', async () => {
  expect(await complaint('plot', folder.path())).toMatch(/no result with pictures in it/u);
  expect(await complaint('plot', result, '--format', 'gif')).toMatch(
    /Unknown format 'gif'; expected one of svg, png, pdf/u,
  );
  expect(await complaint('plot', result, '--format', 'png', '--width', '99999')).toMatch(
    /pixels is too large; choose a smaller --width or --dpi$/u,
  );
  writeFileSync(folder.path('lenet', 'nads.npz'), 'not an archive');
  expect(await complaint('plot', result)).toMatch(/lenet\/nads\.npz/u);
});
