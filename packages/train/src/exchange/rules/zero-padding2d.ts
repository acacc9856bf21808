import { requireChannelsFirst } from '../config.js';
import type { LayerRule } from '../layer-rule.js';

/** Zeros around an image, where no convolution takes them over. */
export const zeroPadding2d: LayerRule = {
  className: 'ZeroPadding2D',
  place: config => requireChannelsFirst(config),
};

/** Zeros before and after each axis of space, as ONNX lists them. */
export function padsOf({ padding }: { readonly padding?: unknown }): number[] {
  const [[top, bottom], [left, right]] = padding as [[number, number], [number, number]];
  return [top, left, bottom, right];
}
