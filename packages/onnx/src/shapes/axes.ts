import type { Node } from '../graph.js';

/**
 * For each axis of an operator's output the axis of its first input that it is; undefined where axes are
 * split, merged or mixed.
 * @param rank number of axes of the first input.
 */
export type AxesRule = (node: Node, rank: number) => readonly number[] | undefined;

/** Axes that stay as they are. */
export const keptAxes: AxesRule = (_, rank) => Array.from({ length: rank }, (_, axis) => axis);
