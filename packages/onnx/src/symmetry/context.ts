import type { Node } from '../graph.js';
import type { Inference } from '../shapes/known.js';

/** A relabelling of the pixels or channels of an image. */
export type Relabelling = 'transposition' | 'flip rows' | 'flip columns' | 'channels';

/**
 * What an axis of a value stands for. `mixed` axes list pixels and channels in some order: a
 * relabelling permutes them. Pixel axes of size one are `channel`: nothing moves there.
 */
export type Axis = 'batch' | 'row' | 'column' | 'channel' | `mixed ${string}`;

/** Drawn weights by the layers that read them. */
export interface Sides {
  /** Of layers that see input channels apart: a relabelling of the channels relabels them. */
  readonly before: Set<string>;
  /** Of all others: it leaves them as they are. */
  readonly behind: Set<string>;
}

export interface Context {
  readonly relabelling: Relabelling;
  readonly inference: Inference;
  readonly fresh: ReadonlySet<string>;
  /** Axes of every value that depends on the input. */
  readonly axes: Map<string, readonly Axis[]>;
  /** Values in which input channels are still apart: no layer has mixed them. */
  readonly unmixed: Set<string>;
  /** Order in which each drawn weight sees its inputs. */
  readonly orders: Map<string, string>;
  /** Drawn weights of the node whose order is noted. */
  readonly ordered: Set<string>;
  /** Which weights a relabelling of the channels relabels, and which it does not. */
  readonly sides: Sides;
  readonly node: Node;
  /** The node behind every value of the graph. */
  readonly makers: ReadonlyMap<string, Node>;
}

/** Says why an operator does not commute with the relabelling. */
export class Broken extends Error {}

/** Why a weight that is not drawn by itself breaks a symmetry: it is kept, or the graph computes it from what is drawn or kept. */
export function notDrawn({ makers }: Context, name: string): Broken {
  const maker = makers.get(name);
  return new Broken(
    maker && maker.operator !== 'Constant'
      ? `its weights '${name}' are computed by the graph, in a way whose symmetry is not known`
      : `its weights '${name}' are not drawn`,
  );
}

/** How a node acts on the axes of its values; @throws Broken where it does not commute. */
export type SymmetryRule = (context: Context) => readonly Axis[];

/** Of operators that reduce. */
export interface Linearity {
  /** Whether the result is linear in what is reduced, and so changes its sign with it. */
  readonly isLinear: boolean;
}

/** Axes of the value at the first input that depends on the image. */
export const main = ({ node, axes }: Context): readonly Axis[] =>
  axes.get(node.inputs.find(name => axes.has(name))!)!;

/** Whether the relabelling moves anything along these axes. */
export function moving(context: Context, axes: readonly Axis[]): boolean {
  if (context.relabelling === 'channels')
    return context.node.inputs.some(name => context.unmixed.has(name));
  return axes.some(axis => axis === 'row' || axis === 'column' || axis.startsWith('mixed'));
}

/** Hands on that channels are still apart. */
export function keepUnmixed({ node, unmixed }: Context): void {
  if (node.inputs.some(name => unmixed.has(name)))
    for (const name of node.outputs) unmixed.add(name);
}

/**
 * Passes a node that is not odd in its input where channels are not apart any more. Input channels
 * count as exchangeable only as far as a change of sign of one of them is a relabelling as well:
 * then the directions of different channels are uncorrelated.
 */
export function keepLinear({ node, unmixed, relabelling }: Context): void {
  if (relabelling === 'channels' && node.inputs.some(name => unmixed.has(name)))
    throw new Broken('it does not treat both signs of the input channels alike');
}

/** Whether the relabelling moves anything along an axis of an operand. */
export function isTouched({ relabelling, node, unmixed }: Context, axis: Axis): boolean {
  if (relabelling === 'channels')
    return axis.includes('channel') && node.inputs.some(input => unmixed.has(input));
  if (axis.startsWith('mixed')) return true;
  if (relabelling === 'transposition') return axis === 'row' || axis === 'column';
  return axis === (relabelling === 'flip rows' ? 'row' : 'column');
}

/**
 * A drawn weight is relabelled along its axes as what it meets there, in the same way for all layers that share it.
 * @param axes what each of its axes goes along
 */
export function requireSameOrder(context: Context, weight: string, axes: readonly Axis[]): void {
  const { node, unmixed, orders, fresh, inference, relabelling } = context;
  if (!fresh.has(weight)) return;
  context.ordered.add(weight);
  const dims = inference.get(weight)?.dims ?? [];
  const sizeAlong = (axis: Axis): number => dims[axes.indexOf(axis)] ?? 1;
  if (relabelling === 'transposition' && sizeAlong('row') !== sizeAlong('column'))
    throw new Broken(`its weights '${weight}' vary along rows or columns only`);
  const moved = axes.map((axis, i) => (dims[i] !== 1 && isTouched(context, axis) ? axis : '-'));
  const order = [unmixed.has(node.inputs[0]), ...moved].join();
  if ((orders.get(weight) ?? order) !== order)
    throw new Broken(`its weights '${weight}' are shared with a layer that sees another order`);
  orders.set(weight, order);
}
