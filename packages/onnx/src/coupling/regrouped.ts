import type { AxisOf, Coupling, CouplingRule, Keys } from './coupling-rule.js';

/** Axes in front and behind that hold the same elements, all larger than 1. */
interface Block {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** An axis as a product of sizes that no reshape here divides further. */
interface Factored {
  readonly axis: number;
  /** Index of its first factor in the block, and its factors. */
  readonly first: number;
  readonly factors: readonly number[];
}

/**
 * The same elements, row-major, under other dims. Where channels are split into axes, those at the same place of every part go together;
 * where they are joined with other axes, all elements of a channel do.
 */
export const regrouped: CouplingRule = coupling => {
  const [input, output] = [coupling.node.inputs[0], coupling.node.outputs[0]];
  for (const block of blocks(coupling.dims(input), coupling.dims(output)))
    if (block.from.length === 1 && block.to.length === 1)
      coupling.tie([input, block.from[0]], [output, block.to[0]]);
    else regroup(coupling, block);
};

function regroup(coupling: Coupling, { from, to }: Block): void {
  const [input, output] = [coupling.node.inputs[0], coupling.node.outputs[0]];
  const [before, after] = [coupling.dims(input), coupling.dims(output)];
  const factors = commonFactors(
    from.map(axis => before[axis]),
    to.map(axis => after[axis]),
  );
  if (!factors) return;
  const live = factored(from, before, factors).filter(({ axis }) => coupling.isLive([input, axis]));
  const channels = live.toSorted((a, b) => before[b.axis] - before[a.axis])[0];
  if (!channels) return tieAll(coupling, { from, to });
  const carrier = channels.first + channels.factors.length - 1;
  const target = factored(to, after, factors).find(
    ({ first, factors: { length } }) => carrier < first + length,
  )!;
  coupling.tie(
    [input, channels.axis],
    [output, target.axis],
    coordinate(channels, carrier),
    coordinate(target, carrier),
  );
}

/** All elements of a block stay or go together. */
function tieAll({ node, tie }: Coupling, { from, to }: Block): void {
  const axes = [
    ...from.map((axis): AxisOf => [node.inputs[0], axis]),
    ...to.map((axis): AxisOf => [node.outputs[0], axis]),
  ];
  const alike = (): number => 0;
  for (const axis of axes) tie(axes[0], axis, alike, alike);
}

/** The place along one factor of an axis. */
function coordinate({ first, factors }: Factored, factor: number): Keys {
  const inner = product(factors.slice(factor - first + 1));
  return place => Math.floor(place / inner) % factors[factor - first];
}

/** Smallest runs of axes that hold the same number of elements. */
function blocks(from: readonly number[], to: readonly number[]): Block[] {
  const found: Block[] = [];
  for (let [i, j] = [0, 0]; i < from.length && j < to.length;) {
    const start = [i, j];
    let [a, b] = [from[i++], to[j++]];
    while (a !== b && i <= from.length && j <= to.length)
      if (a < b) a *= from[i++];
      else b *= to[j++];
    const larger = (dims: readonly number[], first: number, end: number): number[] =>
      [...dims.keys()].slice(first, end).filter(axis => dims[axis] > 1);
    found.push({ from: larger(from, start[0], i), to: larger(to, start[1], j) });
  }
  return found;
}

/** Factors of which both products consist, outermost first; undefined where there are none. */
function commonFactors(from: readonly number[], to: readonly number[]): number[] | undefined {
  const ends = new Set([...runningProducts(from), ...runningProducts(to)]);
  const sorted = [...ends].toSorted((a, b) => a - b);
  const factors = sorted.map((end, i) => end / (sorted[i - 1] ?? 1));
  return factors.every(Number.isInteger) ? factors : undefined;
}

const runningProducts = (sizes: readonly number[]): number[] =>
  sizes.map((_, i) => product(sizes.slice(0, i + 1)));

function factored(
  axes: readonly number[],
  dims: readonly number[],
  factors: readonly number[],
): Factored[] {
  let first = 0;
  return axes.map(axis => {
    let end = first + 1;
    while (product(factors.slice(first, end)) < dims[axis]) end++;
    const found = { axis, first, factors: factors.slice(first, end) };
    first = end;
    return found;
  });
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
