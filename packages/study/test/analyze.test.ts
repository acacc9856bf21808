import { fromRows, OptionError } from '@nads/linalg';
import { nodeRuntime as runtime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { rankOfAll } from '../src/analyze/analysis-numbers.js';
import { analysisFiles, analyze, estimate, parseAnalysisSummary } from '../src/index.js';
import { abortedAt, images, linearModel, network, vector } from './small-models.js';

/** Logit 0 is 3 x₀, logit 1 is 4 x₁ + 1000: images are always taken for class 1. */
const linear = linearModel([vector({ 0: 3 }), vector({ 1: 4 })], [0, 1000]);
const halves = images(20, i => i % 2);

test('of a linear model the covariance is known, overall and per class', async () => {
  const { numbers, gradients, nads } = await analyze(linear, halves, { nads: 'none' }, { runtime });
  expect([gradients.images, gradients.correct, nads]).toEqual([20, 10, undefined]);
  // half of the gradients are 3 e₀, half are 4 e₁
  expectClose([numbers.trace, ...numbers.spectrum.eigenvalues.subarray(0, 2)], [12.5, 8, 4.5]);
  expectClose(
    numbers.classes.flatMap(({ trace, spectrum }) => [trace, spectrum.eigenvalues[0]]),
    [9, 9, 16, 16],
  );
  expect(numbers.comparison).toBeUndefined();
});

test('what is in given directions is known, too', async () => {
  const nads = { name: 'two.npy', rows: fromRows([vector({ 0: 1 }), vector({ 1: 1 })]) };
  const { numbers } = await analyze(linear, halves, { nads }, { runtime });
  const { shares, cumulativeEnergy, channelShares } = numbers.comparison!;
  // the first eigenvector is e₁
  expectClose(
    shares.map(({ overlap }) => overlap),
    [0, 1],
  );
  expectClose(cumulativeEnergy, [4.5 / 12.5, 1]);
  expect(channelShares).toEqual([]);
});

test('rows that are not orthonormal are made so, and that is said', async () => {
  const nads = { name: 'two.npy', rows: fromRows([vector({ 0: 2 }), vector({ 0: 1, 1: 1 })]) };
  const notes: (string | undefined)[] = [];
  const onPlan = ({ note }: { readonly note?: string }): void => void notes.push(note);
  const { numbers } = await analyze(linear, halves, { nads }, { runtime, onPlan });
  expectClose(numbers.comparison!.cumulativeEnergy, [4.5 / 12.5, 1]);
  expect(notes).toEqual([expect.stringMatching(/^two.npy: row 0 has norm 2.000;/)]);
});

test('NADs are those that an estimate of the same seed finds', async () => {
  const own = { networks: 3, basis: 'dct:4' };
  const { nads } = await analyze(network(), halves, { seed: 5, estimate: own }, { runtime });
  const { directions } = await estimate(network(), { ...own, seed: 5 }, { runtime });
  expect(nads!.networks).toBe(3);
  expectClose(nads!.eigenvalues!, directions.eigenvalues, { rtol: 1e-12 });
  expectClose(nads!.rows.data, directions.nads, { rtol: 1e-12 });
});

describe('a signal', () => {
  const settings = { batch: 4, nads: 'none' } as const;

  test('leaves the images that are done', async () => {
    const watched = abortedAt('images', 8);
    const found = await analyze(linear, halves, settings, { runtime, ...watched });
    expect([found.gradients.images, found.chosen]).toEqual([8, 20]);
    expectClose([found.numbers.trace], [12.5]);
  });

  test('leaves the networks that are done', async () => {
    const watched = abortedAt('networks', 2);
    const found = await analyze(network(), halves, {}, { runtime, ...watched });
    expect([found.gradients.images, found.nads!.networks]).toEqual([20, 2]);
  });

  test('that comes before anything is done ends it with its reason', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(analyze(linear, halves, settings, { runtime, signal })).rejects.toThrow('enough');
  });
});

test('its files hold what its schema says', async () => {
  const found = await analyze(
    network(),
    halves,
    { data: 'halves', top: 3, estimate: { networks: 2 } },
    { runtime },
  );
  const files = new Map(analysisFiles(found));
  expect([...files.keys()]).toEqual([
    'analysis.json',
    'analysis.npz',
    'gallery.svg',
    'gallery.png',
    'spectrum.svg',
    'overlap.svg',
    'energy.svg',
    'fourier.svg',
    'index.html',
  ]);
  const text = files.get('analysis.json') as string;
  const summary = parseAnalysisSummary('analysis.json', text);
  expect(summary).toMatchObject({ format: 'analysis', version: 1, data: 'halves', images: 20 });
  expect([summary.eigenvalues.length, summary.nads!.networks]).toEqual([3, 2]);
  const old = { ...summary, format: undefined, version: undefined };
  expect(parseAnalysisSummary('old.json', JSON.stringify(old))).toEqual(old);
  expect(() => parseAnalysisSummary('new.json', JSON.stringify({ ...old, version: 2 }))).toThrow(
    'new.json: format version 2',
  );
});

test('chance can be read on the chart of overlaps from k = 1 on', async () => {
  const settings = { top: 3, estimate: { networks: 2 } };
  const found = await analyze(network(), halves, settings, { runtime });
  const svg = new Map(analysisFiles(found)).get('overlap.svg') as string;
  expect(svg).toContain('>Leading data gradients in the first NADs: network.onnx, 20 images<');
  expect(svg).toContain('>overlap, 1 = the same<');
  const chance = /<path d="M[\d.]+,([\d.]+)[^"]*" fill="none" stroke="#555555"/u.exec(svg)!;
  const height = /<svg x="[^>]*? height="(\d+)"/u.exec(svg)!;
  expect(Number(height[1]) - Number(chance[1])).toBeGreaterThan(20);
});

test('no effective rank is given where only the leading eigenvalues are known', () => {
  expectClose([rankOfAll(Float64Array.of(2, 2), 4)!], [2]);
  expect(rankOfAll(Float64Array.of(2, 2), 4.1)).toBeUndefined();
});

test.each([
  ['class', { class: 'true' }, images(3)],
  ['top', { top: 0 }, halves],
  ['nads', { nads: { name: 'nine.npy', rows: fromRows([new Float64Array(9).fill(1)]) } }, halves],
  ['nads', { nads: 'none', estimate: { networks: 2 } }, halves],
  ['basis', { estimate: { basis: 'dct:5' } }, halves],
] as const)('a wrong `%s` is named', async (option, settings, set) => {
  const refused = analyze(linear, set, settings, { runtime });
  await expect(refused).rejects.toBeInstanceOf(OptionError);
  await expect(refused).rejects.toMatchObject({ option });
});
