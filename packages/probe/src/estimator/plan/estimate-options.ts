import type { Rows } from '@nads/basis';
import type { Layout } from '@nads/basis';
import type { HeadTreatment } from './head-treatment.js';
import type { Plan } from './plan.js';

/** Options of an estimate; what is omitted follows from the graph. */
export interface EstimateOptions {
  readonly layout?: Layout;
  readonly size?: readonly [number, number];
  /** As `parseInit` reads it. */
  readonly init?: string;
  readonly seed?: number;
  /** Wide secants, as in the paper, or exact gradients. */
  readonly probe?: Plan['probe'];
  /** Step size h of a secant, (f(x + h·d) − f(x − h·d)) / 2h; 100 in the paper. Gradients have none. */
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
  /** Whether probes that change a small place may be run on crops of maps; results agree up to rounding. */
  readonly local?: 'auto' | 'none';
  /** Draws of the layers after the last convolution per network. */
  readonly tails?: number;
  /** Further networks per network that are probed in the middle of the image only, to lower the variance; 0 for none. */
  readonly further?: number;
}
