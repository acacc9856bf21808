import type { Matrix } from '@nads/linalg';
import { gradientKernel, type GradientKernelOptions, type KernelTerm } from '@nads/probe';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import { Pace } from '../pace.js';
import {
  elasticityStateFile,
  encodeElasticityState,
  readElasticityState,
  type ElasticityState,
} from './elasticity-state-codec.js';

/** Kernels of one network after the other, kept in a store block by block while they are worked out. */
export class KeptKernels {
  private readonly kernels: Matrix[];
  private next: ElasticityState['next'];
  private readonly pace = new Pace();
  private readonly environment: Environment;
  private readonly identity: Identity;
  private readonly images: number;

  /** @param resume continues what the store holds. */
  static async open(
    environment: Environment,
    identity: Identity,
    images: number,
    resume: boolean,
  ): Promise<KeptKernels> {
    const { store } = environment;
    const found =
      resume && store ? await readElasticityState(store, identity, images) : { kernels: [] };
    return new KeptKernels(environment, identity, images, found);
  }

  private constructor(
    environment: Environment,
    identity: Identity,
    images: number,
    { kernels, next }: ElasticityState,
  ) {
    this.environment = environment;
    this.identity = identity;
    this.images = images;
    this.kernels = [...kernels];
    this.next = next;
  }

  /** The kernel of a network, which follows those before. @throws the signal's reason once it is aborted */
  async of(
    index: number,
    terms: readonly KernelTerm[],
    options: Pick<GradientKernelOptions, 'memory' | 'product'>,
  ): Promise<Matrix> {
    if (index < this.kernels.length) return this.kernels[index];
    const { signal, onProgress } = this.environment;
    const from = this.next;
    const onBlock = async (state: ElasticityState['next']): Promise<void> => {
      this.next = state;
      if (this.pace.isDue) await this.pace.save(() => this.save());
    };
    try {
      const kernel = await gradientKernel(terms, { ...options, from, onBlock, signal, onProgress });
      this.kernels.push(kernel);
      this.next = undefined;
      if (this.pace.isDue) await this.pace.save(() => this.save());
      return kernel;
    } catch (error) {
      if (signal?.aborted) await this.save();
      throw error;
    }
  }

  /** Keeps what is done, if anything is. */
  async save(): Promise<void> {
    const { kernels, next, identity, images } = this;
    if (kernels.length === 0 && !next) return;
    const bytes = encodeElasticityState({ kernels, next }, identity, images);
    await this.environment.store?.write([[elasticityStateFile, bytes]]);
  }
}
