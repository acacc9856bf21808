import type { Rows } from '@nads/basis';
import type { Layout } from '@nads/onnx';
import type { HeadTreatment } from './head-treatment.js';
import type { Plan } from './plan.js';

/** Options of an estimate; what is left out follows from the graph. */
export interface EstimateOptions {
  readonly layout?: Layout;
  readonly size?: readonly [number, number];
  /** As `parseInit` reads it. */
  readonly init?: string;
  readonly seed?: number;
  /** Wide secants, the paper's, or exact gradients. */
  readonly probe?: Plan['probe'];
  /** Half the distance between the two probes of a secant; the paper's is 100. Gradients have none. */
  readonly step?: number;
  readonly head?: 'auto' | HeadTreatment['kind'];
  readonly symmetry?: 'auto' | 'none';
  /** As `parseBasis` reads it. */
  readonly basis?: string;
  /** Directions of whole images or of one channel, instead of a basis by name or under the name of their file. */
  readonly rows?: Rows;
  /** Fixed points [C·H·W]; drawn from N(0, I) where left out. */
  readonly points?: readonly Float32Array[];
  readonly pointCount?: number;
  /** Images in one run. */
  readonly batch?: number;
  /** How often the layers behind the last convolution are drawn for each network. */
  readonly tails?: number;
}
