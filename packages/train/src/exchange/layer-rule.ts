import type { layers } from '@tensorflow/tfjs-layers';
import type { AttributeLike } from '@nads/onnx';
import type { WeightLayout } from './weight-layout.js';

/** A layer of TensorFlow.js. */
export type Layer = layers.Layer;

/** A weight of a layer, in TensorFlow.js's order. */
export interface WeightRule {
  /** What follows the layer's name in ONNX, as in PyTorch: weight, bias, running_mean, … */
  readonly suffix: string;
  readonly layout: WeightLayout;
}

/** What a rule adds to a graph. */
export interface Placement {
  /** Names of the values that the layer reads, no zeros added around them. */
  readonly inputs: readonly string[];
  /** The value that the layer gives. */
  readonly output: string;
  /** Zeros around the first input that the layer has to add itself: before and after each axis of space. */
  readonly pads: readonly number[];
  /** Names of the layer's weights, in the rule's order. */
  readonly weights: readonly string[];
  /** The name of a constant scalar. */
  readonly constant: (value: number) => string;
  /** The name of a constant list of whole numbers. */
  readonly integers: (values: readonly number[]) => string;
  /** A node with the output of this name, or the layer's own if none is given. */
  readonly add: (
    operator: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, AttributeLike | undefined>>,
    output?: string,
  ) => string;
  /** A node with outputs of these names. */
  readonly addAll: (
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeLike | undefined>>,
    outputs: readonly string[],
  ) => readonly string[];
}

/** How a layer of one class becomes ONNX. */
export interface LayerRule {
  /** As TensorFlow.js's `getClassName` gives it. */
  readonly className: string;
  /** Weights that a layer of this configuration has. */
  readonly weights?: (config: Config) => readonly WeightRule[];
  /** Whether zeros around its input may be left to it. */
  readonly addsZeros?: (config: Config) => boolean;
  /** @throws where the configuration has no counterpart. */
  readonly place: (config: Config, placement: Placement) => void;
}

/** What `layer.getConfig()` says. */
export type Config = Readonly<Record<string, unknown>>;
