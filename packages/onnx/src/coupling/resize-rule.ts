import { attributes } from '../attribute.js';
import type { Node } from '../graph.js';
import type { Application } from '../shapes/application.js';
import type { Known } from '../shapes/known.js';

/** A node some places of whose values have been removed. */
export interface Resizing {
  /** The node and its inputs as they were. */
  readonly before: Application;
  /** Its inputs as they are. */
  readonly inputs: readonly (Known | undefined)[];
  /** Dims that a value had. */
  readonly dims: (value: string) => readonly number[];
  /** The places of an axis of a value that are left, ascending. */
  readonly kept: (value: string, axis: number) => readonly number[];
  /** Adds a constant of whole numbers. @returns its name. */
  readonly constant: (values: readonly number[], dims?: readonly number[]) => string;
}

/** The node for what is left: constants and attributes that hold sizes or places follow. */
export type ResizeRule = (resizing: Resizing) => Node;

/** The node with an integer list that is an attribute in older opsets and an input in newer ones. */
export function withIntegers(
  node: Node,
  { attribute, input }: { readonly attribute: string; readonly input: number },
  values: readonly number[],
  constant: Resizing['constant'],
): Node {
  if (node.attributes.has(attribute)) return withAttribute(node, attribute, values);
  const length = Math.max(node.inputs.length, input + 1);
  const inputs = Array.from({ length }, (_, i) => node.inputs[i] ?? '');
  return { ...node, inputs: inputs.with(input, constant(values)) };
}

/** The node with an attribute of whole numbers. */
export const withAttribute = (
  node: Node,
  name: string,
  value: number | readonly number[],
): Node => ({
  ...node,
  attributes: new Map([...node.attributes, ...attributes({ [name]: value })]),
});

/** How many places of each axis of a value are left. */
export const keptDims = ({ dims, kept }: Resizing, value: string): number[] =>
  dims(value).map((_, axis) => kept(value, axis).length);
