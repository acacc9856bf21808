import type { NotFiniteNode } from './not-finite-node.js';

/** Says that a network gave a number that is not finite. */
export class NotFinite extends Error {
  private readonly value: number;
  private readonly circumstances: string;

  /** @param circumstances what the network was run on, and what to try, as in 'on noise; try another `init`'. */
  constructor(value: number, circumstances: string, node?: NotFiniteNode['node']) {
    const who = node ? `node '${node.name || node.outputs[0]}' (${node.operator})` : 'the network';
    super(`${who} gives ${value} ${circumstances}`);
    this.value = value;
    this.circumstances = circumstances;
  }

  /** The same error, naming the node that gave the first value that is not finite, where it was found. */
  at(found: NotFiniteNode | undefined): NotFinite {
    return new NotFinite(found?.value ?? this.value, this.circumstances, found?.node);
  }
}
