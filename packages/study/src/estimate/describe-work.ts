import { formatShape } from '@nads/basis';
import type { Kept } from '@nads/onnx';
import { orderOf, type Plan, type Preparation } from '@nads/probe';
import { describeHead } from './describe-head.js';

/** A part of a plan: its name, and what is said of it, in one line or several; undefined what the plan does not have. */
export type PartInWords = readonly [name: string, text: string | readonly string[] | undefined];

/** What a plan does, part by part. */
export function describePreparation(preparation: Preparation): PartInWords[] {
  const { plan, image, directions } = preparation;
  return [
    ['images', `${formatShape(image)} ${image.layout} (${image.reason})`],
    ['kept', describeKept(preparation.architecture.kept)],
    ['head', describeHead(preparation)],
    ['tails', describeTails(plan)],
    ['further', describeFurther(preparation)],
    ['symmetries', describeSymmetries(preparation)],
    ['probe', describeProbe(plan)],
    ['directions', `${directions} (${plan.basis})`],
    ['local', describeLocality(preparation)],
  ];
}

/** Constants that stay as they are in the file, a line each; none where there are none. */
function describeKept(kept: readonly Kept[]): string[] {
  const lines = kept.slice(0, mostShown).map(({ constants, node, operator, reason }) => {
    const more = constants.length > 1 ? ` and ${constants.length - 1} more` : '';
    return `'${constants[0]}'${more} of '${node}' (${operator}): ${reason}`;
  });
  const rest = kept.length - lines.length;
  return rest > 0 ? [...lines, `and of ${rest} more nodes (nads inspect --json)`] : lines;
}

/** Nodes whose kept constants are named. */
const mostShown = 4;

/** Which symmetries are averaged over, and which are not, why, a line each. */
function describeSymmetries({ plan, image, symmetries, symmetryNote }: Preparation): string[] {
  const broken = symmetries
    .filter(({ holds }) => !holds)
    .map(({ relabelling, reason }) => `no ${relabelling}: ${reason}`);
  const channels =
    plan.probedChannels < image.channels
      ? `; one of ${image.channels} exchangeable channels is probed`
      : '';
  const note = symmetryNote ? ` (${symmetryNote})` : '';
  return [`group of ${orderOf(plan.group)}${channels}${note}`, ...broken];
}

/** How many further networks there are, and along what; undefined where there are none. */
function describeFurther({ plan, directions }: Preparation): string | undefined {
  if (!plan.further) return undefined;
  const { count, directions: some } = plan.further;
  return `${count} networks more for each, along ${some.length} of ${directions} directions`;
}

/** How much is saved by running networks on crops of their maps; undefined where nothing is. */
function describeLocality({
  locality,
  localityNote,
  macsPerImage,
}: Preparation): string | undefined {
  if (localityNote) return `whole images, since ${localityNote}`;
  if (!locality) return undefined;
  const [onCrops, all] = locality.convolutions;
  const saved = Math.round((100 * locality.savedMacs) / macsPerImage);
  return `${onCrops} of ${all} convolutions on crops, ${saved} % of the multiply-accumulates saved`;
}

/** How often the last layers are drawn for each network; undefined where all are drawn once. */
function describeTails({ probe, tail }: Plan): string | undefined {
  if (probe === 'gradient') return '1 for each network: another would cost as much as a network';
  return tail && `${tail.count} for each network`;
}

/** What is probed, and at how many points. */
function describeProbe({ probe, step, points }: Plan): string {
  const kind = probe === 'gradient' ? 'exact gradients' : `secants of step ${step}`;
  return `${kind}, ${points.length} point(s)`;
}
