import type { Folded } from './fold.js';

/** What was folded, in a line for each weight behind one for all. */
export function foldText({ source, model, weights, difference }: Folded): string[] {
  const [before, after] = [source.model, model].map(({ graph }) => graph.nodes.length);
  const count = weights.length === 1 ? '1 weight' : `${weights.length} weights`;
  return [
    `${count} folded, ${before} nodes became ${after}; ${comparison(difference)}`,
    ...weights.map(
      ({ layers, dims, constants }) =>
        `  ${layers.join(', ')}: [${dims}] from ${constants.map(name => `'${name}'`).join(', ')}`,
    ),
  ];
}

const comparison = (difference: number): string =>
  difference === 0
    ? 'outputs are the same'
    : `outputs differ by at most ${difference.toExponential(1)} of the largest`;
