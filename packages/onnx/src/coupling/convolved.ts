import { getInt } from '../attribute.js';
import type { AxisOf, Coupling, CouplingRule, Keys } from './coupling-rule.js';
import { withAttribute, type ResizeRule } from './resize-rule.js';

/** Axes of a kernel: the one that lists all channels of one side, and the one that lists those of a group of the other side. */
interface Sides {
  readonly all: 'output' | 'input';
}

/** Channels that a kernel sums go with its inputs, those that it makes with its outputs. */
export const convolved =
  ({ all }: Sides): CouplingRule =>
  coupling => {
    const { node, dims, tie } = coupling;
    const [input, kernel, bias] = node.inputs;
    const [output] = node.outputs;
    tie([input, 0], [output, 0]);
    const groups = getInt(node, 'group', 1);
    const inGroup = all === 'output' ? dims(kernel)[1] : dims(kernel)[0] / groups;
    if (bias) tie([bias, 0], [output, 1]);
    if (groups > 1 && inGroup === 1) byChannel(coupling, all);
    else inGroups(coupling, all, groups);
  };

/** Every input channel makes some of the output by itself. */
function byChannel({ node, dims, tie, end }: Coupling, all: Sides['all']): void {
  const [[input, kernel], [output]] = [node.inputs, node.outputs];
  const each = dims(output)[1] / dims(input)[1];
  tie([input, 1], [output, 1], undefined, place => Math.floor(place / each));
  if (all === 'output') tie([kernel, 0], [output, 1]);
  else tie([kernel, 0], [input, 1]);
  end([kernel, 1]);
}

/** Channels at the same place of every group go together. */
function inGroups({ node, dims, tie, begin }: Coupling, all: Sides['all'], groups: number): void {
  const [[input, kernel], [output]] = [node.inputs, node.outputs];
  const ends: AxisOf[] = [
    [input, 1],
    [output, 1],
  ];
  const [whole, part] = all === 'output' ? ends.toReversed() : ends;
  const within = (axis: AxisOf): Keys => placeIn(dims(axis[0])[axis[1]] / groups);
  begin([kernel, all === 'output' ? 0 : 1]);
  tie([kernel, 0], whole, within(whole), within(whole));
  tie([kernel, 1], part, undefined, within(part));
}

const placeIn =
  (size: number): Keys =>
  place =>
    place % size;

/** A group for every channel that is left where each channel had its own. */
export const withGroups: ResizeRule = ({ before: { node }, dims, kept }) => {
  const [input] = node.inputs;
  const groups = getInt(node, 'group', 1);
  const isByChannel = groups > 1 && groups === dims(input)[1];
  return isByChannel ? withAttribute(node, 'group', kept(input, 1).length) : node;
};
