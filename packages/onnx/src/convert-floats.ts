import { codeOf, type DataType } from './data-type.js';
import type { Attribute, Graph, Node, ValueInfo } from './graph.js';
import { inlineFunctions } from './inline-functions.js';
import { withGraph, type Model } from './model.js';
import { numbersOf, tensorOf, type Tensor } from './tensor.js';

/** Which floating-point types become which. */
export interface FloatConversion {
  readonly from: ReadonlySet<DataType>;
  /** A plain type that is at least as wide as those. */
  readonly to: 'float32' | 'float64';
}

/** The same computation where inputs, outputs, constants and casts of some floating-point types are of another. */
export function convertFloats(model: Model, conversion: FloatConversion): Model {
  const whole = inlineFunctions(model);
  return withGraph(whole, new Converter(conversion).graph(whole.graph));
}

/** Attributes that hold the code of the type of what comes out. */
export const typeAttributes: ReadonlySet<string> = new Set([
  'to',
  'dtype',
  'output_dtype',
  'output_datatype',
]);

class Converter {
  private readonly conversion: FloatConversion;
  private readonly codes: ReadonlySet<bigint>;

  constructor(conversion: FloatConversion) {
    this.conversion = conversion;
    this.codes = new Set([...conversion.from].map(type => BigInt(codeOf(type))));
  }

  graph(graph: Graph): Graph {
    const { inputs, outputs, nodes, initializers } = graph;
    const constants = [...initializers].map(([name, one]) => [name, this.tensor(one)] as const);
    return {
      ...graph,
      nodes: nodes.map(node => this.node(node)),
      inputs: inputs.map(info => this.info(info)),
      outputs: outputs.map(info => this.info(info)),
      initializers: new Map(constants),
      valueInfo: [],
    };
  }

  private info(info: ValueInfo): ValueInfo {
    const { from, to } = this.conversion;
    return info.type && from.has(info.type) ? { ...info, type: to } : info;
  }

  private tensor(tensor: Tensor): Tensor {
    const { from, to } = this.conversion;
    return from.has(tensor.type) ? tensorOf(to, tensor.dims, numbersOf(tensor)) : tensor;
  }

  private node(node: Node): Node {
    const entries = [...node.attributes].map(([name, attribute]) =>
      node.operator === 'Constant'
        ? this.constant(name, attribute)
        : ([name, this.attribute(name, attribute)] as const),
    );
    return { ...node, attributes: new Map(entries) };
  }

  /** Numbers of a Constant node are in single precision, as a file holds them. */
  private constant(name: string, attribute: Attribute): readonly [string, Attribute] {
    const { type, value } = attribute;
    const { from, to } = this.conversion;
    if (!from.has('float32') || (type !== 'float' && type !== 'floats'))
      return [name, this.attribute(name, attribute)];
    const values = Float32Array.from(type === 'float' ? [value] : value);
    const dims = type === 'float' ? [] : [values.length];
    return ['value', { type: 'tensor', value: tensorOf(to, dims, values) }];
  }

  private attribute(name: string, attribute: Attribute): Attribute {
    switch (attribute.type) {
      case 'tensor':
        return { ...attribute, value: this.tensor(attribute.value) };
      case 'tensors':
        return { ...attribute, value: attribute.value.map(one => this.tensor(one)) };
      case 'graph':
        return { ...attribute, value: this.graph(attribute.value) };
      case 'graphs':
        return { ...attribute, value: attribute.value.map(one => this.graph(one)) };
      default:
        return typeAttributes.has(name) ? this.typeAttribute(attribute) : attribute;
    }
  }

  private typeAttribute(attribute: Attribute): Attribute {
    return attribute.type === 'int' && this.codes.has(attribute.value)
      ? { ...attribute, value: BigInt(codeOf(this.conversion.to)) }
      : attribute;
  }
}
