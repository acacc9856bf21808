import type { Node } from '../graph.js';
import type { Application } from '../shapes/application.js';
import type { Window } from '../shapes/window.js';

/** Which places of a map [N, C, H, W] a place of an operator's output depends on. */
export type Reach = 'same place' | WindowReach;

/** Those of the first input that are in a window. */
export interface WindowReach {
  readonly window: Window;
  /** What is seen beyond the border. */
  readonly fill: number;
  /** The node on an input that holds all that its windows see, what is beyond the border as well. */
  readonly inside: Node;
}

/**
 * What a node of four axes reaches; undefined where it may be everything.
 * @param isFixed whether an input is the same for all images.
 */
export type ReachRule = (
  application: Application,
  isFixed: (input: number) => boolean,
) => Reach | undefined;

/** Of an operator whose parameters, in inputs behind the first, are the same for all images and at all places. */
export const samePlace: ReachRule = ({ node }, isFixed) =>
  node.inputs.every((name, input) => input === 0 || name === '' || isFixed(input))
    ? 'same place'
    : undefined;

/** Of an operator on broadcast elements: its operands are maps of one size, or fixed and the same at all places. */
export const samePlaces: ReachRule = ({ node, inputs }, isFixed) => {
  const isEven = (input: number): boolean => isFixed(input) && isOnePlace(inputs[input]?.dims);
  const operands = [...node.inputs.keys()].filter(input => node.inputs[input] !== '');
  const maps = operands.filter(input => !isEven(input));
  const sizes = maps.map(input => String(inputs[input]?.dims?.slice(2)));
  const areMaps = maps.every(input => !isFixed(input) && inputs[input]?.dims?.length === 4);
  return areMaps && sizes.every(size => size === sizes[0]) ? 'same place' : undefined;
};

/** Whether a constant is the same at all places of maps that it is broadcast to. */
const isOnePlace = (dims?: readonly number[]): boolean =>
  dims !== undefined && dims.slice(-2).every(size => size === 1);
