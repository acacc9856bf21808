import { nodeLabel } from '@nads/onnx';
import type { NotFiniteNode } from './not-finite-node.js';

/** Says that a network gave a number that is not finite. */
export class NotFinite extends Error {
  private readonly value: number;
  private readonly circumstances: string;

  /** @param circumstances what the network was run on, and what to try, as in 'on noise; try another `init`'. */
  constructor(value: number, circumstances: string, found?: NotFiniteNode) {
    super(
      `${found ? whoIn(found) : 'the network'} gives ${found?.value ?? value} ${circumstances}`,
    );
    this.value = value;
    this.circumstances = circumstances;
  }

  /** The same error, naming the node that gave the first value that is not finite, where it was found. */
  at(found: NotFiniteNode | undefined): NotFinite {
    return new NotFinite(this.value, this.circumstances, found);
  }
}

function whoIn({ node, gradientOf }: NotFiniteNode): string {
  return `${gradientOf ? 'the gradient of ' : ''}${nodeLabel(gradientOf ?? node)}`;
}
