import { OptionError } from '@nads/linalg';
import type { Draw, Init } from '@nads/onnx';

/** @throws OptionError where a layer would get no spread: a file of untrained, equal weights drawn 'like the file'. */
export function requireSpread(draws: readonly Draw[], init: Init): void {
  const flat = draws.find(
    draw =>
      draw.role === 'weight' &&
      (draw.kind === 'conv' || draw.kind === 'linear') &&
      init[draw.kind].moments(draw).variance === 0,
  );
  if (flat)
    throw new OptionError(
      'init',
      `like-file: all weights of '${flat.name}' are equal in the file; choose another scheme`,
    );
}
