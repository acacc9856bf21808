import type { BasisKind } from './kind.js';
import { blocks } from './kinds/blocks.js';
import { dct } from './kinds/dct.js';
import { fourier } from './kinds/fourier.js';
import { pixels } from './kinds/pixels.js';
import { random } from './kinds/random.js';

/** All kinds of bases that a name alone says everything about. */
export const kinds: ReadonlyMap<string, BasisKind> = new Map(
  [pixels, dct, fourier, blocks, random].map(kind => [kind.name, kind]),
);
