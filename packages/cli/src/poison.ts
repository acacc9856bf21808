import { join } from 'node:path';
import { classCarriers, poison as poisonImages, type Carrier } from '@nads/dataset';
import { labelsOf, openPixels, type PixelSetOptions } from './pixel-set.js';
import { rowBasis } from './row-basis.js';
import { setFiles, type ShownChange } from './set-files.js';
import { requireFolder, writeTogether } from './write-file.js';

/** What `nads poison` is told. */
export interface PoisonOptions extends PixelSetOptions {
  readonly nads?: string;
  readonly basis?: string;
  readonly index: number;
  readonly epsilon: number;
  readonly seed: number;
  readonly out: string;
}

/** Images of different classes that the picture shows. */
const shownClasses = 8;

/** Writes a set in which one coefficient tells each class. */
export function poison(options: PoisonOptions): void {
  const { data, index, epsilon, out } = options;
  const source = sourceOf(options);
  const { set, dims, description, parts } = openPixels(options);
  const { labels, classes, names } = labelsOf(set, data);
  const [channels, height, width] = dims;
  const basis = rowBasis(source, { channels, height, width }, options.seed);
  const isWhole = basis.columns !== height * width;
  const needed = Math.ceil(classes / (2 * (isWhole ? 1 : channels)));
  if (index + needed > basis.count)
    throw new Error(
      `--index: ${classes} classes take ${needed} direction(s) from ${index} on, ${source} has ${basis.count}`,
    );
  requireFolder(out, '--out');
  const carriers = classCarriers({
    classes,
    channels,
    area: height * width,
    direction: basis.direction,
    first: index,
    epsilon,
  });
  const pixels = channels * height * width;
  const images = new Float32Array(set.count * pixels);
  const size = new Size();
  const shown: ShownChange[] = [];
  for (const part of parts()) {
    const poisoned = poisonImages(part.images, part.labels!, carriers);
    images.set(poisoned, part.first * pixels);
    for (let i = 0; i < part.count; i++) {
      const [before, after] = [part.images, poisoned].map(all =>
        all.subarray(i * pixels, (i + 1) * pixels),
      );
      size.add(before, after);
      const label = part.labels![i];
      if (label === shown.length && label < shownClasses)
        shown.push({ name: names[label], before: before.slice(), after });
    }
  }
  const table = carrierTable(carriers, names, { index, channels, area: height * width, isWhole });
  writeTogether([
    ...setFiles(out, 'poisoned', { dims, images, labels: Int32Array.from(labels), shown }),
    [join(out, 'carriers.csv'), table],
  ]);
  const lines = [
    description,
    `carriers: ${source} ${index}${needed > 1 ? ` to ${index + needed - 1}` : ''}, coefficient ±${epsilon} for each class`,
    size.text(),
    `written to ${join(out, 'poisoned.npz')}; train on it with nads train ARCHITECTURE --data ${join(out, 'poisoned.npz')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function sourceOf({ nads, basis }: PoisonOptions): string {
  if (nads !== undefined && basis === undefined) return `nads:${nads}`;
  if (basis !== undefined && nads === undefined) return basis;
  throw new Error('give either --nads or --basis: what carries the classes?');
}

/** How large a change is over many images. */
class Size {
  private images = 0;
  private norm = 0;
  private clean = 0;
  private largest = 0;

  add(before: Float32Array, after: Float32Array): void {
    let [change, size] = [0, 0];
    before.forEach((value, i) => {
      const difference = after[i] - value;
      change += difference ** 2;
      size += value ** 2;
      this.largest = Math.max(this.largest, Math.abs(difference));
    });
    this.images++;
    this.norm += Math.sqrt(change);
    this.clean += Math.sqrt(size);
  }

  text(): string {
    const [norm, clean] = [this.norm, this.clean].map(sum => sum / this.images);
    return `change: mean norm ${norm.toPrecision(4)} of ${clean.toPrecision(4)} (${((100 * norm) / clean).toPrecision(3)} %), largest of a pixel ${this.largest.toPrecision(3)}, black 0 and white 1`;
  }
}

interface Place {
  readonly index: number;
  readonly channels: number;
  readonly area: number;
  readonly isWhole: boolean;
}

function carrierTable(
  carriers: readonly Carrier[],
  names: readonly string[],
  { index, channels, area, isWhole }: Place,
): string {
  const places = isWhole ? 1 : channels;
  const lines = carriers.map(({ vector, coefficient }, label) => {
    const channel = isWhole ? 'all' : Math.floor(vector.findIndex(x => x !== 0) / area);
    const direction = index + Math.floor(label / (2 * places));
    return [label, names[label], direction, channel, coefficient].join(',');
  });
  return `${['label,class,direction,channel,coefficient', ...lines].join('\n')}\n`;
}
