import { OptionError } from '@nads/linalg';
import { elasticLossNames, type ElasticLossName } from '@nads/probe';
import { requireWhole } from '../require-whole.js';
import type { TrainedOptions } from '../trained/trained-model.js';
import { withDefaults } from '../with-defaults.js';

/** Settings of local elasticity. */
export interface ElasticitySettings extends Omit<TrainedOptions, 'batch'> {
  /** The loss that steps would lower. */
  readonly loss: ElasticLossName;
  /** What the images are called in results; 'images' if not given. */
  readonly data?: string;
  /** Maximum number of images, balanced over classes; 200 if not given. */
  readonly images?: number;
  /** Images of these classes only; all if not given. */
  readonly classes?: readonly number[];
  /** Classes that are clustered, and whose target is 1 where there is one output; all are clustered if not given. */
  readonly primary?: readonly number[];
  /** This output only, counted from 0; all if not given. */
  readonly outputIndex?: number;
  /** Lengths of real steps of SGD to compare with; none if not given. */
  readonly eta?: readonly number[];
  /** Clusters to look for; as many as there are classes to cluster if not given. */
  readonly clusters?: number;
  /** Runs of each clustering from other seeds; 10 if not given. */
  readonly restarts?: number;
  /** Principal components of pixels that are clustered for comparison; 10 if not given. */
  readonly components?: number;
  /** The file's weights or fresh ones; 'file' if not given. */
  readonly weights?: 'file' | 'fresh';
  /** Fresh networks; 1 if not given. */
  readonly repeats?: number;
  /** How fresh weights are drawn, as `parseInit` reads it; 'pytorch' if not given. */
  readonly init?: string;
  /** Seed of fresh weights and of clusters; 0 if not given. */
  readonly seed?: number;
  /** Seed for choosing images; 0 if not given. */
  readonly sample?: number;
  /** Megabytes of memory for gradients that are kept; 512 if not given. */
  readonly memory?: number;
  /** Continue from what an earlier run left in the store. */
  readonly resume?: boolean;
}

type Defaults = Required<
  Pick<
    ElasticitySettings,
    | 'components'
    | 'data'
    | 'eta'
    | 'images'
    | 'init'
    | 'memory'
    | 'of'
    | 'repeats'
    | 'restarts'
    | 'sample'
    | 'seed'
    | 'weights'
  >
>;

const defaults: Defaults = {
  components: 10,
  data: 'images',
  eta: [],
  images: 200,
  init: 'pytorch',
  memory: 512,
  of: 'logits',
  repeats: 1,
  restarts: 10,
  sample: 0,
  seed: 0,
  weights: 'file',
};

/** Settings with those that were not given. */
export type AllElasticitySettings = ElasticitySettings & Defaults;

/** @throws OptionError for options that do not fit together. */
export function elasticitySettings(given: ElasticitySettings): AllElasticitySettings {
  const settings = withDefaults(defaults, given);
  const { images, clusters, restarts, components, repeats, loss, eta } = settings;
  requireWhole({ images, clusters, restarts, components, repeats });
  if (!elasticLossNames.includes(loss))
    throw new OptionError('loss', `unknown '${loss}'; expected ${elasticLossNames.join(', ')}`);
  const wrong = eta.find(one => !(one > 0 && Number.isFinite(one)));
  if (wrong !== undefined)
    throw new OptionError('eta', `${wrong} is not a length of steps above 0`);
  const unused = (['repeats', 'init'] as const).find(option => given[option] !== undefined);
  if (settings.weights === 'file' && unused !== undefined)
    throw new OptionError(unused, "it applies to fresh weights only; set `weights` to 'fresh'");
  return settings;
}
