import type { Matrix } from './matrix.js';

/** A tree of items: a leaf is one of them, a branch joins two others. */
export type Tree =
  { readonly leaf: number } | { readonly branches: readonly [Tree, Tree]; readonly height: number };

/** A part of the tree with how many leaves it has, and its mean distances to the other parts, by their places. */
interface Part {
  readonly tree: Tree;
  readonly size: number;
  readonly to: number[];
}

/**
 * Average linkage (UPGMA, Sokal & Michener 1958): joins the two nearest groups again and again, where the distance of two groups is the mean
 * over all pairs of their items. Branches stand at the distance that they join; of equal distances the first pair is joined.
 * @param distances n×n, symmetric
 * @throws if the matrix is not square, is empty or contains a number that is not finite
 */
export function averageLinkage({ rows: n, columns, data }: Matrix): Tree {
  if (n === 0 || n !== columns)
    throw new Error(`linalg: a tree needs a square matrix of distances, not ${n}×${columns}`);
  if (!data.every(Number.isFinite))
    throw new Error('linalg: a tree needs distances that are all finite');
  let parts: Part[] = Array.from({ length: n }, (_, leaf) => ({
    tree: { leaf },
    size: 1,
    to: [...data.subarray(leaf * n, (leaf + 1) * n)],
  }));
  while (parts.length > 1) parts = joinedNearest(parts);
  return parts[0].tree;
}

function joinedNearest(parts: readonly Part[]): Part[] {
  const [i, j] = nearest(parts);
  const [a, b] = [parts[i], parts[j]];
  const size = a.size + b.size;
  const mean = (to: readonly number[]): number => (a.size * to[i] + b.size * to[j]) / size;
  const others = parts.flatMap((part, k) =>
    k === i || k === j
      ? []
      : [{ ...part, to: [...part.to.filter((_, m) => m !== i && m !== j), mean(part.to)] }],
  );
  const to = [...others.map(other => other.to.at(-1)!), 0];
  const tree: Tree = { branches: [a.tree, b.tree], height: a.to[j] };
  return [...others, { tree, size, to }];
}

function nearest(parts: readonly Part[]): [number, number] {
  let best: [number, number] = [0, 1];
  parts.forEach(({ to }, i) => {
    for (let j = i + 1; j < parts.length; j++)
      if (to[j] < parts[best[0]].to[best[1]]) best = [i, j];
  });
  return best;
}

/** The items of a tree as its leaves stand side by side. */
export const leavesOf = (tree: Tree): number[] =>
  'leaf' in tree ? [tree.leaf] : tree.branches.flatMap(leavesOf);
