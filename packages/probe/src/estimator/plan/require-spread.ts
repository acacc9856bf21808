import { OptionError } from '@nads/linalg';
import { schemeFor, type Draw, type Init } from '@nads/onnx';

/** Weights whose deviation is a smaller share of their mean than this differ by rounding alone. */
const rounding = 1e-9;

/** @throws OptionError where a layer would get no spread: a file of untrained, equal weights drawn 'like the file'. */
export function requireSpread(draws: readonly Draw[], init: Init): void {
  const flat = draws.find(draw => {
    if (draw.role !== 'weight' || (draw.kind !== 'conv' && draw.kind !== 'linear')) return false;
    const { mean, variance } = schemeFor(init, draw).moments(draw);
    return variance <= (rounding * mean) ** 2;
  });
  if (flat)
    throw new OptionError(
      'init',
      `like-file: all weights of '${flat.name}' are equal in the file; choose another scheme`,
    );
}
