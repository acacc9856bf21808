import { className, NpzWriter, type LabelledImages } from '@nads/dataset';
import { encodePng } from '@nads/report';
import { writeInParts, type FileContents } from '../files/write-file.js';
import { changePicture, type ShownChange } from './change-picture.js';
import type { PixelPart, PixelSet } from './pixel-set.js';

/** Images that a picture shows. */
const mostShown = 8;

/**
 * Writes `NAME.npz`, images changed and labels as they were, `NAME.png` with an image of each class before and after, and
 * other files: all or none. Images are changed some at a time.
 * @param name path without ending; @returns how large the change is.
 */
export async function writeChangedSet(
  name: string,
  { set, dims, unit, parts }: PixelSet,
  change: (part: PixelPart) => Float32Array | Promise<Float32Array>,
  others: readonly FileContents[] = [],
): Promise<ChangeSize> {
  const pixels = dims[0] * dims[1] * dims[2];
  const size = new ChangeSize(unit);
  const shown = new Map<number, ShownChange>();
  async function* changed(): AsyncGenerator<Float32Array> {
    for (const part of parts()) {
      const images = await change(part);
      for (let i = 0; i < part.count; i++) {
        const [before, after] = [part.images, images].map(all =>
          all.subarray(i * pixels, (i + 1) * pixels),
        );
        size.add(before, after);
        const place = part.labels?.[i] ?? part.first + i;
        if (place < mostShown && !shown.has(place))
          shown.set(place, { name: nameOf(set, place), before: before.slice(), after });
      }
      yield images;
    }
  }
  await writeInParts(`${name}.npz`, async write => {
    const archive = new NpzWriter(write);
    const shape = [set.count, ...dims];
    await archive.addParts('images', { dtype: 'float32', shape, parts: changed() });
    // black and white: values beyond are meant so
    await archive.add('range', { dtype: 'float32', shape: [2], data: Float32Array.of(0, 1) });
    if (set.labels) {
      const labels = Int32Array.from(set.labels);
      await archive.add('labels', { dtype: 'int32', shape: [set.count], data: labels });
    }
    archive.end();
    const columns = [...shown].toSorted(([a], [b]) => a - b).map(([, one]) => one);
    return [[`${name}.png`, encodePng(changePicture(columns, dims))], ...others];
  });
  return size;
}

const nameOf = (set: LabelledImages, place: number): string =>
  set.labels ? className(set, place) : `image ${place}`;

/** How large a change is over many images. */
export class ChangeSize {
  private images = 0;
  private norm = 0;
  private clean = 0;
  private largest = 0;
  private readonly unit: string;

  constructor(unit: string) {
    this.unit = unit;
  }

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

  /** In a line. */
  text(): string {
    const [norm, clean] = [this.norm, this.clean].map(sum => sum / this.images);
    const share = clean > 0 ? ` (${((100 * norm) / clean).toPrecision(3)} %)` : '';
    return `mean norm ${norm.toPrecision(4)} of ${clean.toPrecision(4)}${share}, largest of a pixel ${this.largest.toPrecision(3)}, ${this.unit}`;
  }
}
