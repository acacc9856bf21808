import { withIntegers, type Resizing } from '../coupling/resize-rule.js';
import type { Coupling } from '../coupling/coupling-rule.js';
import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { getFloat, getString } from '../attribute.js';
import type { Derivation } from '../formulas/derivation.js';
import { reverse, spread } from '../formulas/spread.js';
import type { Node } from '../graph.js';
import { throughFirst } from '../layers/path-rule.js';
import { samePlace, type ReachRule, type WindowReach } from '../layers/reach-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, hasInput, typeOf, valueOf, type Application } from '../shapes/application.js';
import { keptAxes } from '../shapes/axes.js';
import { computed, constants, exactNumbers, isSmall } from '../shapes/fold.js';
import { integersOf } from '../shapes/integers-of.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { gridOffsets, indices } from '../shapes/offsets.js';
import { padded } from '../symmetry/padded.js';
import { numbersOf } from '../tensor.js';
import { rewritten, scalarFor } from '../upgrades/rewritten.js';
import { settingsOf } from '../upgrades/settings-as-inputs.js';

/** Its input with elements added (or, for negative pads, taken away) before and after each axis. */
export const pad: Operator = {
  name: 'Pad',
  inputs: [1, 4],
  path: throughFirst,
  symmetry: padded,
  axes: keptAxes,
  coupling: coupled,
  resized: withPads,
  reach: border,
  gradient: (derivation, [dy]) => {
    const {
      node,
      inputs: [x],
      g,
    } = derivation;
    const [begin, end] = padsOf(g.application(node), g.dims(x).length);
    const mode = getString(node, 'mode', 'constant');
    if (mode !== 'constant') return [() => foldBack(derivation, dy!, mode, begin, end)];
    const negative = (list: readonly number[]) => list.map(zeros => (zeros === 0 ? 0 : -zeros));
    const inside = () => g.pad(dy!, negative(begin), negative(end));
    return [inside, undefined, () => g.sub(g.total(dy!), g.total(inside()))];
  },
  upgrade: { since: 11, rewrite: padsAsInput },
  infer: application => {
    const dims = dimsOf(application, 0);
    const [begin, end] = padsOf(application, dims.length);
    const padded = dims.map((size, axis) => size + begin[axis] + end[axis]);
    if (padded.some(size => size < 0))
      throw new Error(`cannot pad [${dims}] by [${begin}] and [${end}]`);
    const value = isSmall(padded) ? fold(application, padded, begin) : undefined;
    return [{ type: typeOf(application, 0), dims: padded, value }];
  },
};

/** The gradient of what is no constant: elements of the border count where they were copied from. */
function foldBack(
  { inputs: [x], g }: Derivation,
  dy: Value,
  mode: string,
  begin: readonly number[],
  end: readonly number[],
): Value {
  return begin.reduceRight((sum, before, axis) => {
    if (before === 0 && end[axis] === 0) return sum;
    return foldAxis(g, sum, { axis, mode, before, after: end[axis], size: g.size(x, axis) });
  }, dy);
}

interface Border {
  readonly axis: number;
  readonly mode: string;
  readonly before: number;
  readonly after: number;
  readonly size: number;
}

function foldAxis(g: Algebra, dy: Value, { axis, mode, before, after, size }: Border): Value {
  if (before < 0 || after < 0 || (mode !== 'edge' && Math.max(before, after) >= size))
    throw new Error(`its gradient is not implemented for these pads in mode '${mode}'`);
  const piece = (from: number, to: number): Value => g.slice(dy, [axis], [from], [to]);
  const at = (x: Value, first: number): Value => spread(g, x, axis, { first, step: 1 }, size);
  const edge = (x: Value, first: number): Value => at(g.reduceSum(x, [axis]), first);
  const terms = [piece(before, before + size)];
  if (before > 0) {
    const border = piece(0, before);
    if (mode === 'edge') terms.push(edge(border, 0));
    else if (mode === 'wrap') terms.push(at(border, size - before));
    else terms.push(at(reverse(g, border, axis), 1));
  }
  if (after > 0) {
    const border = piece(before + size, before + size + after);
    if (mode === 'edge') terms.push(edge(border, size - 1));
    else if (mode === 'wrap') terms.push(at(border, 0));
    else terms.push(at(reverse(g, border, axis), size - 1 - after));
  }
  return terms.reduce(g.add);
}

/** A border of one number is what windows of one place see there. */
function border(...[application, isFixed]: Parameters<ReachRule>): WindowReach | undefined {
  const { node, inputs } = application;
  const isConstant = getString(node, 'mode', 'constant') === 'constant';
  if (!isConstant || samePlace(application, isFixed) === undefined) return undefined;
  const [begin, end] = padsOf(application, inputs[0]?.dims?.length ?? 0);
  if ([...begin.slice(0, 2), ...end.slice(0, 2)].some(pad => pad !== 0)) return undefined;
  const sides = { begin: begin.slice(2), end: end.slice(2) };
  const ones = sides.begin.map(() => 1);
  const inside = rewritten(node, { operator: 'Identity', inputs: node.inputs.slice(0, 1) });
  return {
    window: { kernel: ones, strides: ones, dilations: ones, ...sides, ceil: false },
    fill: fillerOf(application),
    inside: { ...inside, attributes: new Map() },
  };
}

/** Elements added before and after every axis; from opset 18 on the pads may be of some axes only. */
function padsOf(application: Application, rank: number): [number[], number[]] {
  const name = application.opset < 2 ? 'paddings' : 'pads';
  const pads = integersOf(application, name, 1) ?? [];
  const axes = (integersOf(application, 'axes', 3) ?? indices(rank)).map(axis =>
    normaliseAxis(axis, rank),
  );
  if (pads.length !== 2 * axes.length)
    throw new Error(`expected two pads for each of ${axes.length} axes, got ${pads.length}`);
  const at = (list: readonly number[]) => indices(rank).map(axis => list[axes.indexOf(axis)] ?? 0);
  return [at(pads.slice(0, axes.length)), at(pads.slice(axes.length))];
}

/** Constants padded with a constant; other ways to pad are for data. */
function fold(application: Application, dims: readonly number[], begin: readonly number[]) {
  const [value] = constants(application.inputs.slice(0, 1)) ?? [];
  const numbers = value && exactNumbers(value);
  if (!numbers || getString(application.node, 'mode', 'constant') !== 'constant') return undefined;
  const from = value.dims;
  const inside = (at: number, axis: number) => at >= 0 && at < from[axis];
  const lists = dims.map((size, axis) =>
    indices(size).map(i => (inside(i - begin[axis], axis) ? i - begin[axis] : NaN)),
  );
  const filler = fillerOf(application);
  const elements = gridOffsets(from, lists).map(at => numbers[at] ?? filler);
  return computed(value.type, dims, elements);
}

/** An attribute before opset 11. */
function fillerOf(application: Application): number {
  if (hasInput(application, 2)) return numbersOf(valueOf(application, 2))[0];
  return getFloat(application.node, 'value', 0);
}

/** Before opset 11 pads and value were attributes, before opset 2 under another name. */
function padsAsInput(old: Application): Node[] {
  const { node, opset } = old;
  const plain = rewritten(node, { without: ['value'] });
  const moved = settingsOf(plain, [opset < 2 ? 'paddings' : 'pads']);
  const value = getFloat(node, 'value', 0);
  if (value === 0) return moved;
  const scalar = scalarFor(old, 'value', value);
  const last = moved.at(-1)!;
  const inputs = [...last.inputs, ...scalar.at(-1)!.outputs];
  return [...moved.slice(0, -1), ...scalar, rewritten(last, { inputs })];
}

/** Axes that are padded with zeros, or not at all, keep their places. */
function coupled(coupling: Coupling): void {
  const { node, inputs, dims, tie } = coupling;
  const [input] = node.inputs;
  const [begin, end] = padsOf(coupling, dims(input).length);
  const fill = node.inputs[2] ? inputs[2]?.value : undefined;
  const isZero = node.inputs[2]
    ? fill !== undefined && numbersOf(fill)[0] === 0
    : getFloat(node, 'value', 0) === 0;
  const isConstant = getString(node, 'mode', 'constant') === 'constant' && isZero;
  begin.forEach((before, axis) => {
    const isWhole = before === 0 && end[axis] === 0;
    if (isWhole || (isConstant && before >= 0 && end[axis] >= 0))
      tie([input, axis], [node.outputs[0], axis], place => place + before);
  });
}

/** As many zeros before and after as are left of them. */
function withPads({ before, dims, kept, constant }: Resizing): Node {
  const { node } = before;
  const [input] = node.inputs;
  const rank = dims(input).length;
  const [begin, end] = padsOf(before, rank);
  const left = (axis: number, from: number, to: number): number =>
    kept(node.outputs[0], axis).filter(place => place >= from && place < to).length;
  const changed = indices(rank).filter(
    axis => kept(node.outputs[0], axis).length < dims(node.outputs[0])[axis],
  );
  const pads = [...begin, ...end];
  for (const axis of changed) {
    const last = begin[axis] + dims(input)[axis];
    if (begin[axis] > 0) pads[axis] = left(axis, 0, begin[axis]);
    if (end[axis] > 0) pads[axis + rank] = left(axis, last, Infinity);
  }
  const name = before.opset < 2 ? 'paddings' : 'pads';
  const everyAxis = { ...node, inputs: node.inputs.slice(0, 3) };
  return withIntegers(everyAxis, { attribute: name, input: 1 }, pads, constant);
}
