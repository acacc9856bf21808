import { withIntegers, type Resizing } from '../coupling/resize-rule.js';
import { joined } from '../coupling/joined.js';
import { attributes, getInt } from '../attribute.js';
import { codeOf } from '../data-type.js';
import { node as nodeOf, type Node } from '../graph.js';
import { throughFirst } from '../layers/path-rule.js';
import { samePlace } from '../layers/reach-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, type Application } from '../shapes/application.js';
import { moved } from '../shapes/fold.js';
import { integersOf } from '../shapes/integers-of.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { gridOffsets, indices } from '../shapes/offsets.js';
import { parted } from '../symmetry/parted.js';
import { between, rewritten } from '../upgrades/rewritten.js';
import { settingsOf } from '../upgrades/settings-as-inputs.js';

/** Pieces of its input along an axis: of the sizes that it says, or equal ones. */
export const split: Operator = {
  name: 'Split',
  inputs: [1, 2],
  outputs: [1, Infinity],
  coupling: coupling => joined(coupling, coupling.node.inputs[0], coupling.node.outputs, 0),
  resized: withSizes,
  symmetry: parted,
  path: throughFirst,
  reach: (application, isFixed) =>
    getInt(application.node, 'axis', 0) === 1 ? samePlace(application, isFixed) : undefined,
  upgrade: { since: 13, rewrite: sizesAsInput },
  gradient: ({ node, inputs: [x], outputs, g }, dy) => {
    const axis = normaliseAxis(getInt(node, 'axis', 0), g.dims(x).length);
    return [
      () =>
        g.concat(
          outputs.map((y, i) => dy[i] ?? g.zerosLike(y)),
          axis,
        ),
    ];
  },
  infer: application => {
    const dims = dimsOf(application, 0);
    const axis = normaliseAxis(getInt(application.node, 'axis', 0), dims.length);
    let end = 0;
    return sizesOf(application, dims[axis]).map(size => {
      end += size;
      return piece(application, axis, end - size, size);
    });
  },
};

function piece(application: Application, axis: number, start: number, size: number) {
  const from = dimsOf(application, 0);
  const dims = from.map((whole, i) => (i === axis ? size : whole));
  const shift = (i: number) => (i === axis ? start : 0);
  const lists = () => dims.map((n, i) => indices(n).map(at => at + shift(i)));
  return moved(application.inputs[0], dims, () => gridOffsets(from, lists()));
}

function sizesOf(application: Application, whole: number): number[] {
  const stated = integersOf(application, 'split', 1);
  const sizes = stated ?? equalSizes(application, whole);
  requirePieces(application.node, sizes.length);
  if (sizes.reduce((a, b) => a + b, 0) !== whole || sizes.some(size => size < 0))
    throw new Error(`cannot split ${whole} into [${sizes}]`);
  return sizes;
}

function requirePieces({ outputs }: Node, pieces: number): void {
  if (pieces !== outputs.length)
    throw new Error(`it has outputs for ${outputs.length} pieces, not for ${pieces}`);
}

/** From opset 18 on the last piece may be smaller. */
function equalSizes({ node, opset }: Application, whole: number): number[] {
  const pieces = getInt(node, 'num_outputs', node.outputs.length);
  requirePieces(node, pieces);
  const size = opset >= 18 ? Math.ceil(whole / pieces) : whole / pieces;
  const last = whole - size * (pieces - 1);
  if (!Number.isInteger(size) || last < 0)
    throw new Error(`cannot split ${whole} into ${pieces} equal pieces`);
  return indices(pieces).map(i => (i === pieces - 1 ? last : size));
}

/** Sizes were an attribute; in opset 1 they could be an input, of the type of the data. */
function sizesAsInput({ node }: Application): Node[] {
  const [input, sizes = ''] = node.inputs;
  if (sizes === '') return settingsOf(node, ['split']);
  const whole = between(node, 'split');
  return [
    nodeOf('Cast', [sizes], [whole], attributes({ to: codeOf('int64') })),
    rewritten(node, { inputs: [input, whole] }),
  ];
}

/** Sizes of what is left, which may differ where the pieces were equal. */
function withSizes({ before, kept, constant }: Resizing): Node {
  const { node, inputs, opset } = before;
  const axis = normaliseAxis(getInt(node, 'axis', 0), inputs[0]!.dims!.length);
  const sizes = node.outputs.map(output => kept(output, axis).length);
  const before13 = opset < 13;
  const plain = rewritten(node, {
    without: ['num_outputs'],
    ...(before13 && { set: { split: sizes } }),
  });
  if (before13) return plain;
  return withIntegers(plain, { attribute: 'split', input: 1 }, sizes, constant);
}
