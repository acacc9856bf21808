import type { Dims, Image } from './image.js';

/** Pictures and their labels, if known; each is decoded on demand. */
export interface LabelledImages {
  /** At least 1. */
  readonly count: number;
  /** Of every image, where all are known to have the same. */
  readonly dims?: Dims;
  /** The class of each image, from 0 on. */
  readonly labels?: Int32Array;
  /** What each class is called, longer than every label. */
  readonly classNames?: readonly string[];
  /** The image at `index`, from 0 on; its values are shared and not to be changed. @throws if its file is damaged */
  image(index: number): Image;
  /** What a message or a list calls an image: `image 17`, `cats/tom.png`. */
  nameOf(index: number): string;
}
