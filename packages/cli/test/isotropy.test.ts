import { readFileSync } from 'node:fs';
import { decodeNpz } from '@nads/dataset';
import { expectClose } from '@nads/testing';
import { done, model, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

async function logisticRegression(out: string, ...args: string[]) {
  await done(
    'estimate',
    model('logistic-regression'),
    '--out',
    folder.path(out),
    '--workers',
    '1',
    ...args,
  );
  const arrays = decodeNpz(readFileSync(folder.path(out, 'nads.npz')));
  return {
    eigenvalues: Array.from(arrays.get('eigenvalues')!.data as Float64Array),
    summary: JSON.parse(readFileSync(folder.path(out, 'nads.json'), 'utf8')),
  };
}

/** Variance of each weight of a linear layer of 1024 inputs, as PyTorch draws it. */
const variance = 1 / (3 * 1024);

test('logistic regression with its only layer averaged over has an exactly flat spectrum', async () => {
  const { eigenvalues, summary } = await logisticRegression('exact', '--networks', '2');
  expectClose(eigenvalues, new Float64Array(1024).fill(variance), { rtol: 1e-4 });
  expect(summary.noise_floor.index).toBe(0);
});

// (1/32/√3)²·(1 ± √(D/n))² with D directions and n networks; design of the noise floor.
test('with layers drawn one by one its spectrum is a Marchenko–Pastur law', async () => {
  const [directions, networks] = [64, 256];
  const { eigenvalues, summary } = await logisticRegression(
    'sampled',
    '--head',
    'sampled',
    '--symmetry',
    'none',
    '--basis',
    'dct:8',
    '--networks',
    String(networks),
    '--save',
    String(directions),
  );
  const ratio = Math.sqrt(directions / networks);
  const room = 1.1;
  expect(eigenvalues).toHaveLength(directions);
  expect(eigenvalues[0]).toBeLessThan(variance * (1 + ratio) ** 2 * room);
  expect(eigenvalues.at(-1)!).toBeGreaterThan((variance * (1 - ratio) ** 2) / room);
  const mean = eigenvalues.reduce((a, b) => a + b, 0) / directions;
  expectClose([mean], [variance], { rtol: 0.03 });
  expectClose([summary.noise_floor.upper], [variance * (1 + ratio) ** 2], { rtol: 0.1 });
  expect(summary.noise_floor.index).toBeLessThanOrEqual(1);
});
