import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeNpy } from '@nads/dataset';
import { logDeterminant, networkCost } from '@nads/score';
import type { CheckResult } from '../lib/check-result.ts';
import { checkGradients, type ZeroCost } from '../lib/check-gradients.ts';
import { modes, ScoredOracle } from '../lib/scored-oracle.ts';

/** What scores.json says of codes, by batch-norm and batch. */
interface Expected {
  readonly units: number;
  readonly logdet: number;
  readonly smallest_nonzero_preactivation?: number;
}

/** What it says of inputs that occur several times. */
interface ExpectedSingular {
  readonly equal_codes: readonly (readonly number[])[];
  readonly rank: number;
}

interface Scores {
  readonly batch_sizes: readonly number[];
  readonly naswot: Readonly<Record<string, Expected>> & { readonly singular: ExpectedSingular };
  readonly zero_cost: ZeroCost;
  readonly parameters: number;
  readonly macs_per_input: number;
}

/** Units that rounding may switch, and how far a logarithm may be off, relatively. */
const [fewUnits, roughly] = [4, 1e-4];

/** Codes and their kernels, scores from gradients, parameters and multiply–accumulates. */
export async function check(folder: string, result: CheckResult): Promise<void> {
  const scores = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8')) as Scores;
  const network = new ScoredOracle(folder);
  for (const mode of ['train', 'eval'] as const)
    for (const batch of scores.batch_sizes)
      await checkKernel(network, mode, batch, scores.naswot[`${mode}_${batch}`], result);
  await checkSingular(network, scores, result);
  await checkGradients(network, scores, result);
  checkCost(network, scores, result);
}

async function checkKernel(
  network: ScoredOracle,
  mode: keyof typeof modes,
  batch: number,
  expected: Expected,
  result: CheckResult,
): Promise<void> {
  const found = await network.kernel(mode, network.first(batch), batch);
  const wanted = readNumbers(join(network.folder, `K_${mode}_${batch}.npy`));
  const off = Math.max(...found.kernel.data.map((k, i) => Math.abs(k - wanted[i])));
  const { value } = logDeterminant(found.kernel);
  const error = Math.abs(value / expected.logdet - 1);
  const line = `${network.name} ${mode} ${batch}: ${found.units} units, K off by ${off}, log det off by ${error.toExponential(1)}`;
  result.note(found.units === expected.units && off <= fewUnits && error <= roughly, line);
}

/** The elements of a .npy file of whole numbers. */
const readNumbers = (file: string): number[] =>
  Array.from(decodeNpy(readFileSync(file), file).data as Int32Array, Number);

/** The same image at all places of a group. */
async function checkSingular(
  network: ScoredOracle,
  { batch_sizes: [batch], naswot: { singular } }: Scores,
  result: CheckResult,
): Promise<void> {
  const images = network.first(batch);
  const pixels = images.length / batch;
  for (const [original, ...copies] of singular.equal_codes)
    for (const copy of copies)
      images.copyWithin(copy * pixels, original * pixels, (original + 1) * pixels);
  const { kernel } = await network.kernel('eval', images, batch);
  const { value, rank, equal } = logDeterminant(kernel);
  const same = JSON.stringify(equal) === JSON.stringify(singular.equal_codes);
  const line = `${network.name}: equal inputs ${JSON.stringify(equal)}, rank ${rank}, log det ${value}`;
  result.note(same && rank === singular.rank && value === -Infinity, line);
}

function checkCost(network: ScoredOracle, expected: Scores, result: CheckResult): void {
  const { parameters, macs } = networkCost(network.network('eval', 1));
  const line = `${network.name}: ${parameters} parameters, ${macs} multiply–accumulates`;
  result.note(parameters === expected.parameters && macs === expected.macs_per_input, line);
}
