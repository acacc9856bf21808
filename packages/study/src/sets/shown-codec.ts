import { encodeNpz, type NdArray } from '@nads/dataset';
import type { ImageShape } from '@nads/basis';
import { joined } from '@nads/linalg';
import * as z from 'zod/mini';
import { parseJson } from '../parse-json.js';
import { SavedArrays } from '../saved-arrays.js';
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
  const arrays = SavedArrays.decode(bytes, file);
  const { title, names } = parseJson(`${file}[about]`, arrays.text('about'), aboutSchema, 1);
  const axes = [names.length, 'channels', 'height', 'width'];
  const [count, channels, height, width] = arrays.shape('before', axes);
  const pixels = channels * height * width;
  const [before, after] = ['before', 'after'].map(when =>
    Float32Array.from(arrays.finite(when, [count, channels, height, width])),
  );
  const image = (values: Float32Array, i: number): Float32Array =>
    values.subarray(i * pixels, (i + 1) * pixels);
  const shown = names.map((name, i) => ({
    name,
    before: image(before, i),
    after: image(after, i),
  }));
  return { title, shown, shape: { channels, height, width } };
}
