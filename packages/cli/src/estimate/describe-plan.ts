import { isHead } from '@nads/onnx';
import { orderOf, type Plan, type Preparation } from '@nads/probe';
import { duration } from '../messages/progress.js';
import { shortNumber } from '../messages/short-number.js';
import { memoryOf } from './memory.js';

interface Cost {
  readonly workers: number;
  readonly secondsPerImage: number;
  readonly networks?: number;
}

/** What an estimate will do and cost, a few lines for people. */
export function describePlan(preparation: Preparation, cost: Cost): string {
  const { plan, image, imagesPerNetwork, macsPerImage, batch } = preparation;
  const seconds = imagesPerNetwork * cost.secondsPerImage;
  const lines = [
    `images      ${image.channels}×${image.height}×${image.width} ${image.layout} (${image.reason})`,
    `head        ${describeHead(preparation)}`,
    `symmetries  ${describeSymmetries(preparation)}`,
    `probe       ${describeProbe(plan)}, ${plan.points.length} point(s)`,
    `directions  ${preparation.directions} (${plan.rows ? 'rows of a file' : plan.basis})`,
    `cost        ${imagesPerNetwork} ${plan.probe === 'gradient' ? 'backward passes' : 'images'} of ${shortNumber(macsPerImage)}MAC a network: about ${duration(seconds)} each${whole(seconds, cost)}`,
    `memory      about ${shortNumber(memoryOf(preparation, cost.workers))}B`,
  ];
  if (plan.probe === 'gradient')
    lines.splice(2, 0, 'tails       1 for each network: a further one costs as much as a network');
  if (plan.tail) lines.splice(2, 0, `tails       ${plan.tail.count} for each network`);
  if (batch.obstacle)
    lines.push(`batch       ${plan.batch} image(s) a run, since ${batch.obstacle}`);
  return `${lines.join('\n')}\n`;
}

const describeProbe = ({ probe, step }: Plan): string =>
  probe === 'gradient' ? 'exact gradients' : `secants of step ${step}`;

/** How the last layer is treated, in words. */
export function describeHead({ plan, head }: Preparation): string {
  const last = isHead(head)
    ? `'${head.node.name}' (${head.node.operator}, ${head.size} → ${head.outputs})`
    : head.obstacle;
  const treatments = {
    marginalised: 'averaged over exactly',
    sampled: 'one output of one drawn layer',
    outputs: 'all outputs of one drawn layer',
  };
  return `${treatments[plan.head.kind]}: ${last}`;
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

/** What all networks take together, where their number is known. */
function whole(seconds: number, { networks, workers }: Cost): string {
  if (!networks) return ` in each of ${workers} workers`;
  const rounds = Math.ceil(networks / workers);
  return `, ${duration(seconds * rounds)} for ${networks} with ${workers} workers`;
}
