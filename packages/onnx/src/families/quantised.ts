import type { Operator } from '../operator.js';
import { unshaped } from './unshaped.js';

/** An operator of onnxruntime's own on quantised numbers, of which no more is known. */
export const quantised = (name: string): Operator =>
  unshaped(name, { domain: 'com.microsoft', quantised: true });
