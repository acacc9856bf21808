import type { Node } from '../graph.js';
import type { Application } from '../shapes/application.js';

/** How nodes of older opsets get the form that their operator has at opset 17. */
export interface Upgrade {
  /** The opset that brought this form; nodes of this one and of later ones stay as they are. */
  readonly since: number;
  /**
   * The nodes that compute the same in this form, outputs under their old names (see rewritten.ts).
   * Sizes that vary with free axes of the model are NaN in what is known of the inputs.
   * @throws where the old form has no equal; the caller adds the node.
   */
  readonly rewrite: (old: Application) => readonly Node[];
}
