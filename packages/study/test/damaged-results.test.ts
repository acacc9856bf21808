import { encodeNpz, type NdArray } from '@nads/dataset';
import { decodeNads, savedPictures, svgOf, type MemoryStore } from '../src/index.js';
import { textOf } from '../src/store.js';
import { bytes, numbers, withArrays } from './other-arrays.js';
import { savedStudies } from './saved-studies.js';

/** Changes the JSON in a file of a store. */
function edit(store: MemoryStore, file: string, change: (json: any) => void): MemoryStore {
  const json: unknown = JSON.parse(textOf(store.files.get(file)!));
  change(json);
  store.files.set(file, new TextEncoder().encode(JSON.stringify(json)));
  return store;
}

const drawn = async (store: MemoryStore): Promise<string[]> =>
  (await savedPictures(store)).map(svgOf);

test.each<[study: string, array: string, file: string, NdArray | undefined, message: string]>([
  [
    'analyze',
    'class_eigenvalues',
    'analysis.npz',
    undefined,
    ": no array 'class_eigenvalues' in it",
  ],
  ['analyze', 'class_eigenvalues', 'analysis.npz', numbers([6]), 'shape (6), expected (2, 3)'],
  ['analyze', 'eigenvalues', 'analysis.npz', undefined, ": no array 'eigenvalues' in it"],
  ['analyze', 'eigenvectors', 'analysis.npz', numbers([3, 8]), 'shape (3, 8), expected (rows, 16)'],
  [
    'analyze',
    'leading_nads',
    'analysis.npz',
    numbers([3, 8]),
    'rows of 8 pixels, expected 16 or 16',
  ],
  ['estimate', 'nads', 'nads.npz', numbers([2, 8]), 'shape (2, 8), expected (rows, 16)'],
  [
    'estimate',
    'nads',
    'nads.npz',
    numbers([16, 16], NaN),
    'value 0 is NaN, expected a finite number',
  ],
  ['estimate', 'nads', 'nads.npz', numbers([2, 16]), '2 directions, nads.json says 16'],
  ['estimate', 'nads', 'nads.npz', bytes([16, 16]), 'values of uint8, expected float32'],
  ['estimate', 'eigenvalues', 'nads.npz', numbers([2]), 'shape (2), expected (16)'],
  ['estimate', 'eigenvalues', 'nads.npz', numbers([16], NaN), 'value 0 is NaN'],
  ['elasticity', 'kernel', 'elasticity.npz', numbers([4, 4]), 'shape (4, 4), expected (6, 6)'],
  ['ntk', 'eigenvalues', 'ntk.npz', numbers([0]), 'shape (0), expected (eigenvalues)'],
  ['poison', 'after', 'poisoned.shown.npz', numbers([2, 2]), 'shape (2, 2), expected ('],
])('%s: a damaged array %s is named', async (study, array, file, value, message) => {
  const store = withArrays(await savedStudies[study](), file, { [array]: value });
  const where = value ? `out/${file}[${array}]: ` : `out/${file}`;
  await expect(drawn(store)).rejects.toThrow(`${where}${message}`);
});

test('a sweep along directions that are none names the journal', async () => {
  const store = await savedStudies.sweep();
  const journal = textOf(store.files.get('journal.jsonl')!).replace('fourier:4', 'bourier:4');
  store.files.set('journal.jsonl', new TextEncoder().encode(journal));
  await expect(drawn(store)).rejects.toThrow(
    "out/journal.jsonl, line 1: `basis`: unknown basis 'bourier:4'",
  );
});

test('images of no pixels are refused', async () => {
  const store = edit(await savedStudies.estimate(), 'nads.json', json => (json.image.width = 0));
  await expect(drawn(store)).rejects.toThrow(/^out\/nads\.json: image\.width: /);
});

test('classes of other images than there are are refused', async () => {
  const store = edit(
    await savedStudies.elasticity(),
    'elasticity.json',
    json => (json.classes[0].images = 1e9),
  );
  await expect(drawn(store)).rejects.toThrow('out/elasticity.json: its classes have ');
});

test('sweeps of images that no sweep makes are refused', async () => {
  const store = await savedStudies.sweep();
  const journal = textOf(store.files.get('journal.jsonl')!);
  const hostile = journal.replace(/"image":"[^"]*"/, '"image":"1x99999999x99999999"');
  store.files.set('journal.jsonl', new TextEncoder().encode(hostile));
  await expect(drawn(store)).rejects.toThrow(
    "out/journal.jsonl, line 1: image: '1x99999999x99999999' is not a shape such as 3x32x32",
  );
});

test('a table with other than numbers is refused', async () => {
  const store = await savedStudies.decompose();
  const table = textOf(store.files.get('decomposition.csv')!).replace(/\n0,[^,]*/, '\n0,much');
  store.files.set('decomposition.csv', new TextEncoder().encode(table));
  await expect(drawn(store)).rejects.toThrow(
    "out/decomposition.csv, line 2: 'much' in column 'energy' is not a number",
  );
});

test('directions of one channel that do not fit those of whole images are refused', () => {
  const archive = encodeNpz({ nads: numbers([6, 12]), channel_nads: numbers([3, 4]) });
  expect(() => decodeNads('a.npz', archive)).toThrow(
    'a.npz[channel_nads]: 3 rows of 4 pixels do not fit 6 of 12',
  );
});
