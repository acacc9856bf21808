import { decodeNpz, encodeNpz, type NdArray } from '@nads/dataset';
import { formatShape, type ImageShape } from '@nads/basis';
import { joined } from '@nads/linalg';
import * as z from 'zod/mini';
import { parseJson } from '../parse-json.js';
import { textOf } from '../store.js';
import type { ShownChange } from './change-picture.js';

/** Ends the names of such files. */
export const shownEnding = '.shown.npz';

/** Images that a picture shows, and what stands with them. */
export interface ShownChanges {
  readonly title: string;
  readonly shown: readonly ShownChange[];
  readonly shape: ImageShape;
}

const aboutSchema = z.object({ title: z.string(), names: z.array(z.string()) });

/** The images of a picture of changes as .npz: `before` and `after` [n, C, H, W], and `about`, JSON in UTF-8. */
export function encodeShown({ title, shown, shape }: ShownChanges): Uint8Array {
  const { channels, height, width } = shape;
  const images = (when: 'after' | 'before'): NdArray => ({
    dtype: 'float32',
    shape: [shown.length, channels, height, width],
    data: joined(
      Float32Array,
      shown.map(one => one[when]),
    ),
  });
  const about = JSON.stringify({ title, names: shown.map(({ name }) => name) });
  const data = new TextEncoder().encode(about);
  return encodeNpz({
    before: images('before'),
    after: images('after'),
    about: { dtype: 'uint8', shape: [data.length], data },
  });
}

/** What such a file holds. @throws where it is damaged; messages start with `file` */
export function decodeShown(bytes: Uint8Array, file: string): ShownChanges {
  const arrays = decodeNpz(bytes, file);
  const [before, after, about] = ['before', 'after', 'about'].map(name => arrays.get(name));
  if (!before || !after || !about)
    throw new Error(`${file}: lacks one of the arrays before, after, about`);
  if (before.dtype !== 'float32' || after.dtype !== 'float32' || before.shape.length !== 4)
    throw new Error(`${file}: before and after are not images [n, C, H, W] of float32`);
  const { title, names } = parseJson(file, textOf(about.data as Uint8Array), aboutSchema, 1);
  const [, channels, height, width] = before.shape;
  const shape = { channels, height, width };
  const pixels = channels * height * width;
  if (after.data.length !== names.length * pixels || before.data.length !== after.data.length)
    throw new Error(`${file}: not ${names.length} images of ${formatShape(shape)} twice`);
  const image = ({ data }: NdArray, i: number): Float32Array =>
    (data as Float32Array).subarray(i * pixels, (i + 1) * pixels);
  const shown = names.map((name, i) => ({
    name,
    before: image(before, i),
    after: image(after, i),
  }));
  return { title, shown, shape };
}
