import type { Node } from '../graph.js';

/** What kind of layer a weight belongs to. */
export type LayerKind =
  'conv' | 'conv-transpose' | 'linear' | 'norm' | 'prelu' | 'embedding' | 'recurrent';

/** What a weight does in its layer. */
export type WeightRole = 'weight' | 'bias' | 'scale' | 'shift' | 'mean' | 'variance';

/** An input that is a weight if it is constant. */
export interface WeightUse {
  readonly input: number;
  readonly kind: LayerKind;
  readonly role: WeightRole;
  /** Products that are summed into one output; 1 unless said. */
  readonly fanIn?: number;
  /** Outputs that one input goes to; 1 unless said. */
  readonly fanOut?: number;
  /** Whether a constant that is added behind the layer is its bias. */
  readonly takesBias?: boolean;
  /** The layer, where it is another node than the one that reads the weight. */
  readonly layer?: Node;
}

/** What the rule of weights gets to see of the graph. */
export interface WeightSurroundings {
  /** Dims of a value; none where they are not known. */
  readonly dims: (name: string | undefined) => readonly number[];
  /** Whether a value is a floating-point constant. */
  readonly isWeight: (name: string | undefined) => boolean;
  /** Whether a value depends on a layer with weights. */
  readonly isLearned: (name: string) => boolean;
  /** The node that computes a value. */
  readonly producer: (name: string) => Node | undefined;
  /** Axes of a value over which every node that reads it sums or averages. */
  readonly summedBehind: (name: string) => readonly number[];
  /** What the rule of another node says. */
  readonly usesOf: (node: Node) => readonly WeightUse[];
}

/** Which inputs of a node are which parts of a layer; what is not constant is left out by the caller. */
export type WeightRule = (node: Node, around: WeightSurroundings) => readonly WeightUse[];
