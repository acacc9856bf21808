import { className } from '@nads/dataset';
import { pixelsOf } from '@nads/basis';
import type { ShownChange } from './change-picture.js';
import type { PixelPart, PixelSet } from './pixel-set.js';

/** How large a change of images is. */
export interface Change {
  /** Mean Euclidean norm of the change of an image. */
  readonly norm: number;
  /** Mean Euclidean norm of an image before. */
  readonly clean: number;
  /** Largest change of a pixel. */
  readonly largest: number;
  /** What pixels are measured in, in words. */
  readonly unit: string;
}

/** Images of a set without classes that a picture shows. */
const usuallyShown = 8;
/** Pixels that a picture may take for an image of each class. */
const mostPixels = 2 ** 20;

/** Records how much images change, and some of them before and after. */
export class ChangeRecord {
  private readonly set: PixelSet;
  private readonly examples = new Map<number, ShownChange>();
  private images = 0;
  private norm = 0;
  private clean = 0;
  private largest = 0;
  private readonly mostShown: number;

  constructor(set: PixelSet) {
    this.set = set;
    const { height, width } = set.shape;
    const ofClasses = Math.max(usuallyShown, Math.floor(mostPixels / (height * width)));
    this.mostShown = set.images.labels ? ofClasses : usuallyShown;
  }

  /** @param after the images of the part as they are now */
  add({ first, count, images, labels }: PixelPart, after: Float32Array): void {
    const pixels = pixelsOf(this.set.shape);
    for (let i = 0; i < count; i++) {
      const [old, changed] = [images, after].map(all => all.subarray(i * pixels, (i + 1) * pixels));
      this.measure(old, changed);
      this.remember(labels?.[i] ?? first + i, old, changed);
    }
  }

  get change(): Change {
    const { images, norm, clean, largest, set } = this;
    return { norm: norm / images, clean: clean / images, largest, unit: set.unit };
  }

  /** An image of each class, or the first few where there are no labels. */
  get shown(): ShownChange[] {
    return [...this.examples].toSorted(([a], [b]) => a - b).map(([, one]) => one);
  }

  private measure(before: Float32Array, after: Float32Array): void {
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

  private remember(place: number, before: Float32Array, after: Float32Array): void {
    if (place >= this.mostShown || this.examples.has(place)) return;
    const { images } = this.set;
    const name = images.labels ? className(images, place) : `image ${place}`;
    this.examples.set(place, { name, before: before.slice(), after: after.slice() });
  }
}
