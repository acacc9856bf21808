import { join } from 'node:path';
import type { ImageShape } from '@nads/basis';
import { openData } from '@nads/study/node';

/** What images of a set look like. */
export function imageOf(data: string): ImageShape {
  const [channels, height, width] = openData(data).image(0).dims;
  return { channels, height, width };
}

/** Where NADs of an architecture are. */
export const nadsFolder = (out: string, name: string): string => join(out, `nads-${name}`);
