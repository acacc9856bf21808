import { describePreparation, shortNumber, type EstimatePlan, type PartInWords } from '@nads/study';
import { escapeLine } from '../terminal/escape-controls.js';
import { duration } from '../terminal/progress.js';

/**
 * What an estimate will do and cost, a few lines for people.
 * @param networks how many there will be, where that is known.
 */
export function describePlan(
  { preparation, secondsPerImage, workers, memory }: EstimatePlan,
  networks?: number,
): string {
  const { plan, imagesPerNetwork, macsPerImage, batch } = preparation;
  const seconds = imagesPerNetwork * secondsPerImage;
  const cost = `${imagesPerNetwork} ${plan.probe === 'gradient' ? 'backward passes' : 'images'} of ${shortNumber(macsPerImage)}MAC per network: about ${short(seconds)} each`;
  const parts: readonly PartInWords[] = [
    ...describePreparation(preparation),
    ['cost', `${cost}${whole(seconds, workers, networks)}`],
    ['memory', `about ${shortNumber(memory)}B`],
    ['batch', batch.obstacle && `${plan.batch} image(s) a run, since ${batch.obstacle}`],
  ];
  return parts.flatMap(linesOf).join('\n');
}

/** The name in front of the first line, the others below it. */
const linesOf = ([name, text = []]: PartInWords): string[] =>
  [text].flat().map((line, i) => (i === 0 ? name : '').padEnd(12) + escapeLine(line));

/** What all networks take together, where their number is known. */
function whole(seconds: number, workers?: number, networks?: number): string {
  if (workers === undefined) return ' on a thread like those of this machine';
  if (!networks) return ` in each of ${workers} workers`;
  const rounds = Math.ceil(networks / workers);
  return `, ${short(seconds * rounds)} for ${networks} with ${workers} workers, without start and end`;
}

/** A duration, short ones in milliseconds. */
const short = (seconds: number): string =>
  seconds < 0.95 ? `${Math.round(seconds * 1000)} ms` : duration(seconds);
