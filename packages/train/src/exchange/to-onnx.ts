import type * as tf from '@tensorflow/tfjs-layers';
import {
  attributes,
  floats,
  integers,
  node,
  type Model,
  type Node,
  type Tensor,
  type ValueInfo,
} from '@nads/onnx';
import { asTensorFlow } from '../layers/as-tensor-flow.js';
import type { LayersModel } from '../layers/layers-model.js';
import type { Layer, LayerRule, Placement } from './layer-rule.js';
import { padsOf } from './rules/zero-padding2d.js';
import { ruleOf } from './rules/index.js';
import { toOnnxLayout } from './weight-layout.js';
import { weightNames } from './weight-names.js';

/** Name of the output of every exported model. */
export const outputName = 'logits';

/**
 * A TensorFlow.js model as ONNX (opset 17), in evaluation mode, with a free batch: images [N, C, H, W], weights named as PyTorch
 * names them (`conv1.weight`, `bn1.running_mean`) in its layout.
 * @throws for a layer that has no counterpart, naming it.
 */
export function toOnnx(model: LayersModel): Model {
  const graph = new Export(asTensorFlow(model));
  for (const layer of asTensorFlow(model).layers) graph.place(layer);
  return graph.finish();
}

class Export {
  private readonly model: tf.LayersModel;
  private readonly nodes: Node[] = [];
  private readonly initializers = new Map<string, Tensor>();
  /** Values that are another one with zeros around it. */
  private readonly padded = new Map<string, { readonly source: string; readonly pads: number[] }>();

  constructor(model: tf.LayersModel) {
    this.model = model;
    if (model.inputs.length !== 1 || model.outputs.length !== 1)
      throw new Error(`model '${model.name}' must have exactly one input and one output`);
  }

  place(layer: Layer): void {
    if (layer.getClassName() === 'InputLayer') return;
    try {
      this.placeBy(ruleOf(layer.getClassName()), layer);
    } catch (error) {
      throw new Error(`layer '${layer.name}' ${(error as Error).message}`, { cause: error });
    }
  }

  finish(): Model {
    const { inputs, outputs, name } = this.model;
    return {
      irVersion: 8,
      opsets: new Map([['', 17]]),
      producer: { name: 'nads', version: '0.1.0' },
      functions: [],
      graph: {
        name,
        nodes: this.nodes,
        inputs: [info(this.nameOf(inputs[0]), inputs[0])],
        outputs: [info(outputName, outputs[0])],
        initializers: this.initializers,
        valueInfo: [],
      },
    };
  }

  private placeBy(rule: LayerRule, layer: Layer): void {
    const config = layer.getConfig() as Record<string, unknown>;
    const output = this.nameOf(layer.output as tf.SymbolicTensor);
    const inputs = inputsOf(layer).map(value => this.nameOf(value));
    if (rule.className === 'ZeroPadding2D') {
      rule.place(config, this.placement(output, [], []));
      this.padded.set(output, { source: inputs[0], pads: padsOf(config) });
      return;
    }
    const taken = rule.addsZeros?.(config) ? this.padded.get(inputs[0]) : undefined;
    const read = taken ? [taken.source] : inputs.map(name => this.withZeros(name));
    const weights = this.addWeights(rule, layer);
    rule.place(config, this.placement(output, read, weights, taken?.pads));
  }

  private placement(
    output: string,
    inputs: readonly string[],
    weights: readonly string[],
    pads: readonly number[] = [0, 0, 0, 0],
  ): Placement {
    const addAll: Placement['addAll'] = (operator, from, given, to) => {
      this.nodes.push(node(operator, from, [...to], attributes(given)));
      return to;
    };
    const add: Placement['add'] = (operator, from, given = {}, to = output) =>
      addAll(operator, from, given, [to])[0];
    const constant = (value: number): string => {
      const name = `constant ${value}`;
      this.initializers.set(name, floats([], [value]));
      return name;
    };
    const list: Placement['integers'] = values => {
      const name = `constant [${values}]`;
      this.initializers.set(name, integers(values));
      return name;
    };
    return { inputs, output, pads, weights, add, addAll, constant, integers: list };
  }

  /** A value, zeros around it now in place. */
  private withZeros(name: string): string {
    const found = this.padded.get(name);
    if (!found) return name;
    if (this.nodes.some(({ outputs }) => outputs[0] === name)) return name;
    const [top, left, bottom, right] = found.pads;
    const pads = `${name}/pads`;
    this.initializers.set(pads, integers([0, 0, top, left, 0, 0, bottom, right]));
    this.nodes.push(node('Pad', [found.source, pads], [name]));
    return name;
  }

  private addWeights(rule: LayerRule, layer: Layer): string[] {
    const named = weightNames(rule, layer);
    named.forEach(({ name, layout }, i) => {
      const value = layer.getWeights()[i];
      const weight = { dims: value.shape, data: value.dataSync<'float32'>() };
      const { dims, data } = toOnnxLayout(weight, layout);
      this.initializers.set(name, floats(dims, data));
    });
    return named.map(({ name }) => name);
  }

  private nameOf(value: tf.SymbolicTensor): string {
    if (value === this.model.outputs[0]) return outputName;
    return value.sourceLayer.name;
  }
}

/** The values that a layer reads. @throws where it stands in several places. */
function inputsOf(layer: Layer): tf.SymbolicTensor[] {
  if (layer.inboundNodes.length !== 1)
    throw new Error(`is used ${layer.inboundNodes.length} times; use a layer of its own each time`);
  return layer.inboundNodes[0].inputTensors;
}

const info = (name: string, { shape }: tf.SymbolicTensor): ValueInfo => ({
  name,
  type: 'float32',
  dims: shape.map(size => size ?? 'N'),
});
