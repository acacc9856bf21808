import { nodeRuntime as runtime } from '@nads/runtime/node';
import {
  estimate,
  estimateFiles,
  MemoryStore,
  ntk,
  ntkFiles,
  report,
  reportJson,
  reportPage,
  type NamedFile,
} from '../src/index.js';
import { encodeRunRecord } from '../src/run-record.js';
import { images, linearModel, network, vector } from './small-models.js';

const linear = linearModel([vector({ 0: 3 }), vector({ 1: 4 })]);
const words = ['estimate', 'my model.onnx', '--networks', '8'];
const record = {
  command: 'estimate',
  arguments: words,
  settings: { networks: 8, maxNetworks: 9 },
  inputs: [{ name: 'my model.onnx', sha256: 'ab'.repeat(32) }],
  finished: true,
  files: [],
};

async function holding(name: string, files: readonly NamedFile[]): Promise<MemoryStore> {
  const store = new MemoryStore(name);
  await store.write(files);
  return store;
}

const estimated = async (name: string, seed: number): Promise<MemoryStore> =>
  holding(name, [
    ...estimateFiles(await estimate(network(), { networks: 8, seed }, { runtime })),
    encodeRunRecord(record),
  ]);

const noWarning = (message: string): void => {
  throw new Error(message);
};

test('the report of an estimate shows the command, facts, pictures and tables', async () => {
  const found = await report([await estimated('out/a', 1)]);
  const html = reportPage(found, noWarning);
  expect(html).toContain('<title>NADs of network.onnx</title>');
  expect(html).toContain(
    '<code>nads estimate &#39;my model.onnx&#39; --networks 8 --out out/a</code>',
  );
  expect(html).toContain('<dt>--max-networks</dt><dd>9</dd>');
  expect(html).toContain('<dt>image</dt><dd>1×4×4 (NCHW)</dd>');
  expect(html).toContain('<dd>pytorch; embedding=like-file</dd>');
  expect(html.match(/<svg /g)!.length).toBeGreaterThan(1);
  const [{ parts, pictures }] = found.results;
  expect(pictures.map(({ name }) => name)).toEqual(['gallery', 'spectrum', 'stability']);
  const [eigenvalues, stability] = parts[0].tables;
  expect(eigenvalues.head.at(-1)).toBe('distinguishable from noise');
  expect(eigenvalues.rows).toHaveLength(16);
  expect(eigenvalues.rows[0]).toEqual([
    '0',
    expect.stringMatching(/^\d/),
    expect.stringMatching(/^\d/),
    expect.stringMatching(/^(yes|no)$/),
  ]);
  expect(stability.rows[0][0]).toBe('1');
});

test('results side by side: overlaps with errors and chance, nothing that stops the others', async () => {
  const stores = [await estimated('out/a', 1), await estimated('out/b', 2)];
  const broken = await holding('out/broken', [['nads.json', '{']]);
  const found = await report([...stores, new MemoryStore('out/none'), broken], { top: [1, 3, 99] });
  expect(found.failures.map(({ message }) => message)).toEqual([
    'out/none: no result in it; give a folder that a command wrote to with --out',
    expect.stringMatching(/^out\/broken\/nads\.npz: not there/),
  ]);
  const { overlaps } = reportJson(found);
  expect(overlaps.map(({ top, chance }) => [top, chance[0][1]])).toEqual([
    [1, 1 / 16],
    [3, 3 / 16],
  ]);
  expect(found.left).toEqual([99]);
  const [, { names, overlap, standard_error: errors }] = overlaps;
  expect(names).toEqual(['out/a', 'out/b']);
  expect(overlap[0][1]).toBeCloseTo(overlap[1][0]!, 12);
  expect(overlap[0][1]).toBeGreaterThan(3 / 16);
  expect(errors[0][1]).toBeGreaterThan(0);
  expect(errors[0][0]).toBeNull();
  const html = reportPage(found, noWarning);
  expect(html).toContain('<title>2 results side by side</title>');
  expect(html).toMatch(/<title>out\/a and out\/b: 0\.\d+ ± 0\.\d+, chance 0\.188</);
  expect(html).toContain('<title>two halves of out/a: ');
  expect(html).toContain('<p>No overlaps at k = 99: no two results have so many directions');
  expect(html).toContain('data-save="galleries.svg"');
  expect(html).toContain('data-save="spectra.svg"');
  expect(html).toContain('<p>Left out: out/none: no result in it;');
  expect(html).toContain('Overlaps at k = 3; chance is 0.188');
});

test('a result of another kind stands beside estimates without being compared', async () => {
  const kernel = await holding('out/ntk', ntkFiles(await ntk(linear, images(6), {}, { runtime })));
  const found = await report([await estimated('out/a', 1), kernel]);
  expect(found.overlaps).toEqual([]);
  expect(found.results.map(({ parts }) => parts[0].title)).toEqual([
    'NADs of network.onnx',
    'Tangent kernel of linear.onnx',
  ]);
});

test('where nothing can be shown, that is an error which says what is there', async () => {
  const other = await holding('out/other', [encodeRunRecord({ ...record, command: 'degree' })]);
  await expect(report([other])).rejects.toThrow(
    'out/other: holds a result of nads degree, which reports do not show',
  );
});

test('chance depends on the space that directions were sought in', async () => {
  const few = await estimate(network(), { networks: 4, basis: 'dct:2' }, { runtime });
  const stores = [await estimated('out/a', 1), await holding('out/few', estimateFiles(few))];
  const [two] = (await report([stores[1], stores[1]], { top: [3] })).overlaps;
  expect(two.chance).toEqual([3 / 4, 3 / 4]);
  const [mixed] = (await report(stores, { top: [3] })).overlaps;
  expect(mixed.chance).toEqual([3 / 16, 3 / 16]);
});
