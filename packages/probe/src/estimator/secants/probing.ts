import type { Basis } from '@nads/basis';
import type { StopSignal } from '@nads/runtime';
import type { ImageBinding } from './image-binding.js';

/** Along which directions, and around which point, a session is probed. */
export interface Probing {
  readonly binding: ImageBinding;
  readonly basis: Basis;
  /** x₀ [C, H, W]. */
  readonly point: Float32Array;
  /** h. */
  readonly step: number;
  /** Checked before every run. */
  readonly signal?: StopSignal;
}
