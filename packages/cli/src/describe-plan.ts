import { isHead } from '@nads/onnx';
import { orderOf, type Preparation } from '@nads/probe';
import { duration } from './progress.js';

interface Cost {
  readonly workers: number;
  readonly secondsPerImage: number;
  readonly networks?: number;
}

/** What an estimate will do and cost, a few lines for people. */
export function describePlan(preparation: Preparation, cost: Cost): string {
  const { plan, image, imagesPerNetwork, macsPerImage, batch } = preparation;
  const seconds = (imagesPerNetwork * cost.secondsPerImage) / cost.workers;
  const whole = cost.networks ? `, ${duration(seconds * cost.networks)} for ${cost.networks}` : '';
  const lines = [
    `images      ${image.channels}×${image.height}×${image.width} ${image.layout} (${image.reason})`,
    `head        ${describeHead(preparation)}`,
    `symmetries  ${describeSymmetries(preparation)}`,
    `directions  ${preparation.directions} (${plan.rows ? 'rows of a file' : plan.basis}), step ${plan.step}, ${plan.points.length} point(s)`,
    `cost        ${imagesPerNetwork} images of ${mega(macsPerImage)} MMAC a network: about ${duration(seconds)} each with ${cost.workers} workers${whole}`,
    `memory      about ${mega(memoryOf(preparation, cost.workers))} MB`,
  ];
  if (plan.tail) lines.splice(2, 0, `tails       ${plan.tail.count} for each network`);
  if (batch.obstacle)
    lines.push(`batch       ${plan.batch} image(s) a run, since ${batch.obstacle}`);
  return `${lines.join('\n')}\n`;
}

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

function describeSymmetries({ plan, image, symmetries }: Preparation): string {
  const broken = symmetries
    .filter(({ holds }) => !holds)
    .map(({ relabelling, reason }) => `no ${relabelling}: ${reason}`);
  const channels =
    plan.probedChannels < image.channels
      ? `; one of ${image.channels} exchangeable channels is probed`
      : '';
  return [`group of ${orderOf(plan.group)}${channels}`, ...broken].join('\n            ');
}

/** Bytes: the sums in groups, and weights three times a worker (ours, the session's, its packed copy). */
export function memoryOf({ plan, directions }: Preparation, workers: number): number {
  const weights = plan.body.draws.reduce(
    (sum, { dims }) => sum + dims.reduce((a, b) => a * b, 4),
    0,
  );
  const order = orderOf(plan.group);
  const sums = (16 * 8 * directions ** 2) / order;
  return 100e6 + sums + workers * (50e6 + 3 * weights);
}

const mega = (x: number): string => (x / 1e6).toPrecision(x < 1e8 ? 2 : 3);
