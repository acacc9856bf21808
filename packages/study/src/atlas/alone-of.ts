import type { ImageShape } from '@nads/basis';
import { isIsotropic } from './is-isotropic.js';
import type { Gathered } from './gathered.js';

/** Above this share of secants that float32 cannot resolve, directions are those of rounding errors. */
const mostUnresolved = 0.5;

/**
 * Why the directions of a member are compared with no others; undefined where they are.
 * @param image the shape of most images, @param rows and of most directions
 */
export function aloneOf({ estimates }: Gathered, image: string, rows: string): string | undefined {
  const [{ summary, image: own, eigenvalues }] = estimates;
  if (shapeOf(summary.image) !== image) return `its images are ${shapeOf(summary.image)}`;
  if (shapeOf(own) !== rows) return 'its channels do not all have the same directions';
  if (isIsotropic(eigenvalues)) return 'it prefers no direction: all its eigenvalues are the same';
  const unresolved = Math.max(...estimates.map(one => one.summary.unresolved_secants ?? 0));
  if (unresolved > mostUnresolved)
    return `float32 cannot resolve ${Math.round(100 * unresolved)} % of its responses: its directions are those of rounding errors`;
  return undefined;
}

/** As in '3×32×32'. */
export const shapeOf = ({ channels, height, width }: ImageShape): string =>
  `${channels}×${height}×${width}`;
