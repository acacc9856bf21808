import { formatShape } from '@nads/basis';
import { orderOf, type Plan, type Preparation } from '@nads/probe';
import { describeHead, memoryOf, shortNumber, type EstimatePlan } from '@nads/study';
import { duration } from '../terminal/progress.js';

/**
 * What an estimate will do and cost, a few lines for people.
 * @param networks how many there will be, where that is known.
 */
export function describePlan(
  { preparation, secondsPerImage, workers }: EstimatePlan,
  networks?: number,
): string {
  const { plan, image, imagesPerNetwork, macsPerImage, batch } = preparation;
  const seconds = imagesPerNetwork * secondsPerImage;
  const lines = [
    `images      ${formatShape(image)} ${image.layout} (${image.reason})`,
    `head        ${describeHead(preparation)}`,
    `symmetries  ${describeSymmetries(preparation)}`,
    `probe       ${describeProbe(plan)}, ${plan.points.length} point(s)`,
    `directions  ${preparation.directions} (${plan.basis})`,
    `cost        ${imagesPerNetwork} ${plan.probe === 'gradient' ? 'backward passes' : 'images'} of ${shortNumber(macsPerImage)}MAC per network: about ${duration(seconds)} each${whole(seconds, workers, networks)}`,
    ...describeLocality(preparation),
    `memory      about ${shortNumber(memoryOf(preparation, workers))}B`,
  ];
  if (plan.probe === 'gradient')
    lines.splice(2, 0, 'tails       1 for each network: another would cost as much as a network');
  if (plan.tail) lines.splice(2, 0, `tails       ${plan.tail.count} for each network`);
  if (plan.further) lines.splice(2, 0, `further     ${describeFurther(preparation)}`);
  if (batch.obstacle)
    lines.push(`batch       ${plan.batch} image(s) a run, since ${batch.obstacle}`);
  return lines.join('\n');
}

const describeProbe = ({ probe, step }: Plan): string =>
  probe === 'gradient' ? 'exact gradients' : `secants of step ${step}`;

function describeFurther({ plan, directions }: Preparation): string {
  const { count, directions: some } = plan.further!;
  return `${count} networks more for each, along ${some.length} of ${directions} directions`;
}

function describeSymmetries({ plan, image, symmetries, symmetryNote }: Preparation): string {
  const broken = symmetries
    .filter(({ holds }) => !holds)
    .map(({ relabelling, reason }) => `no ${relabelling}: ${reason}`);
  const channels =
    plan.probedChannels < image.channels
      ? `; one of ${image.channels} exchangeable channels is probed`
      : '';
  const note = symmetryNote ? ` (${symmetryNote})` : '';
  return [`group of ${orderOf(plan.group)}${channels}${note}`, ...broken].join('\n            ');
}

/** How much is saved by running networks on crops of their maps. */
function describeLocality({ locality, localityNote, macsPerImage }: Preparation): string[] {
  if (localityNote) return [`local       whole images, since ${localityNote}`];
  if (!locality) return [];
  const [onCrops, all] = locality.convolutions;
  const saved = Math.round((100 * locality.savedMacs) / macsPerImage);
  return [
    `local       ${onCrops} of ${all} convolutions on crops, ${saved} % of the multiply-accumulates saved`,
  ];
}

/** What all networks take together, where their number is known. */
function whole(seconds: number, workers: number, networks?: number): string {
  if (!networks) return ` in each of ${workers} workers`;
  const rounds = Math.ceil(networks / workers);
  return `, ${duration(seconds * rounds)} for ${networks} with ${workers} workers`;
}
