import { inChannels, type Basis } from '@nads/basis';
import { chosenBasis } from './chosen-basis.js';
import type { Plan } from './plan.js';

/** The basis that a plan probes along: directions of whole images. */
export function basisOf({
  basis,
  rows,
  shape,
  probedChannels,
}: Pick<Plan, 'basis' | 'rows' | 'shape' | 'probedChannels'>): Basis {
  return inChannels(chosenBasis(basis, rows, shape), shape, probedChannels);
}
