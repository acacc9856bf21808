import { bytesOnBoxes, groupCount, orderOf, type Preparation } from '@nads/probe';
import { shortNumber } from '../short-number.js';

/** Sums are kept between runs in a zip archive, which holds no more than this. */
const largestTally = 2 ** 32 - 1;

/**
 * Bytes that an estimate takes, about: the sums, their decomposition, and each worker's network.
 * @param workers on this machine
 */
export function memoryOf(preparation: Preparation, workers: number): number {
  const { plan, directions, workingBytes: working } = preparation;
  const draws = [...plan.body.draws, ...(plan.tail?.draws ?? [])];
  const weights = draws.reduce((sum, { dims }) => sum + dims.reduce((a, b) => a * b, 4), 0);
  const { sums, groups } = sumsOf(directions, orderOf(plan.group));
  // what sessions hold of boxes is about twice the boxes
  const boxes = plan.local ? 3 * bytesOnBoxes(plan.local) : 0;
  // Each has its own weights, the session's and their packed copy, and sums on the way; so had the dry run.
  return (
    100e6 + (groups + 4) * sums + (workers + 1) * (50e6 + 3 * weights + working + boxes + 3 * sums)
  );
}

/** Bytes of the sums over networks, and in how many groups they are kept. */
function sumsOf(directions: number, order: number) {
  const size = directions / Math.sqrt(order);
  return { sums: 8 * size ** 2, groups: groupCount([{ size }]) };
}

/**
 * Why an estimate does not fit into memory, and what to do; undefined where it does.
 * @param there bytes that may be used.
 */
export function shortage(
  preparation: Preparation,
  workers: number,
  there = Infinity,
): string | undefined {
  const { directions, plan } = preparation;
  const { sums, groups } = sumsOf(directions, orderOf(plan.group));
  const needed = memoryOf(preparation, workers);
  if (groups * sums > largestTally)
    return `sums over ${directions} directions take ${shortNumber(groups * sums)}B, more than one file can hold; use fewer, as in \`basis\` dct:16`;
  if (needed <= there) return undefined;
  const remedy =
    memoryOf(preparation, 1) <= there ? 'fewer `workers`' : 'a smaller `size`, `basis` or `batch`';
  return `${directions} directions need about ${shortNumber(needed)}B of memory, but only ${shortNumber(there)}B are available; use ${remedy}`;
}

/** @throws where an estimate would not fit into memory. */
export function requireMemory(
  name: string,
  preparation: Preparation,
  workers: number,
  there?: number,
): void {
  const problem = shortage(preparation, workers, there);
  if (problem) throw new Error(`${name}: ${problem}`);
}
