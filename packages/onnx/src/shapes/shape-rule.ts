import type { Node } from '../graph.js';
import type { Application } from './application.js';
import type { Known } from './known.js';

/** What has to be known of an operator before its graph runs. */
export interface ShapeRule {
  /**
   * Types, dims and constant values of the outputs, in order.
   * @throws where inputs do not fit each other or the attributes; the caller adds the node.
   */
  readonly infer: (application: Application) => readonly Known[];
  /** Whether it may give something else each time that it runs. */
  readonly random?: boolean;
}

/** Looks up the operator of a node; undefined where nothing is known of it. */
export type Lookup = (node: Pick<Node, 'domain' | 'operator'>) => ShapeRule | undefined;
