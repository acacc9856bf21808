import { findHead, type Head, type NoHead } from '@nads/onnx';
import type { EstimateOptions } from './estimate-options.js';
import type { FreshArchitecture } from './fresh-architecture.js';
import { headTreatment, type HeadTreatment } from './head-treatment.js';

/** The last layer of an architecture, or why it has no linear one, and how it is treated. */
export interface TreatedHead {
  readonly head: Head | NoHead;
  readonly treatment: HeadTreatment;
}

/** Finds the last layer. @throws OptionError where it cannot be treated as is wanted. */
export function treatedHead(
  { architecture, inference, init }: FreshArchitecture,
  { head: wanted = 'auto' }: EstimateOptions,
): TreatedHead {
  const head = findHead(architecture.model, inference);
  return { head, treatment: headTreatment(wanted, head, architecture, init) };
}
