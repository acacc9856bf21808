import type { ImageInput } from '@nads/onnx';
import { placedImages } from '../src/index.js';

/** Two images of two channels and 1×3 pixels, channel by channel. */
const images = Float32Array.of(1, 2, 3, 10, 20, 30, 4, 5, 6, 40, 50, 60);
const input = (layout: ImageInput['layout']) =>
  ({ channels: 2, height: 1, width: 3, layout }) as ImageInput;

test('images with channels first are placed as they are, in memory of their own', () => {
  const { dims, data } = placedImages(input('NCHW'), images);
  expect(dims).toEqual([2, 2, 1, 3]);
  expect(data).toEqual(images);
  expect(data.buffer).not.toBe(images.buffer);
});

test('channels last stand pixel by pixel', () => {
  const { dims, data } = placedImages(input('NHWC'), images);
  expect(dims).toEqual([2, 1, 3, 2]);
  expect([...data]).toEqual([1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60]);
});
