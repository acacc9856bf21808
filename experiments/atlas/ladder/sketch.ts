import {
  attributes,
  floats,
  integers,
  node,
  type AttributeLike,
  type Graph,
  type Model,
  type Node,
  type Tensor,
} from '@nads/onnx';

/** A graph that grows node by node. */
export class Sketch {
  private readonly nodes: Node[] = [];
  private readonly initializers = new Map<string, Tensor>();

  /** Adds a node and returns the name of its output, which is also its name. */
  apply(
    operator: string,
    inputs: readonly string[],
    settings: Readonly<Record<string, AttributeLike | undefined>> = {},
  ): string {
    const name = this.next(operator);
    this.nodes.push(node(operator, inputs, [name], attributes(settings)));
    return name;
  }

  /** A weight that takes no room in the file: a ConstantOfShape node. */
  weight(dims: readonly number[], value: number): string {
    const shape = this.constant(integers(dims), 'shape');
    const filled = { type: 'tensor', value: floats([1], [value]) } as const;
    return this.apply('ConstantOfShape', [shape], { value: filled });
  }

  /** A number that stays as it is. */
  scalar(value: number): string {
    return this.constant(floats([], [value]), 'scalar');
  }

  /** A constant of the graph. */
  constant(tensor: Tensor, kind = 'constant'): string {
    const name = `${kind}_${this.initializers.size}`;
    this.initializers.set(name, tensor);
    return name;
  }

  /** The model from images 'x' [n, 3, 32, 32] to 'logits' [n, 10], which is what `result` is called from now on. */
  model(name: string, result: string): Model {
    const end = node('Identity', [result], ['logits']);
    return {
      irVersion: 10,
      opsets: new Map([['', opset]]),
      producer: { name: 'nads', version: '' },
      functions: [],
      graph: {
        name,
        nodes: [...this.nodes, end],
        inputs: [{ name: 'x', type: 'float32', dims: ['n', 3, 32, 32] }],
        outputs: [{ name: 'logits', type: 'float32', dims: ['n', 10] }],
        initializers: this.initializers,
        valueInfo: [],
      } satisfies Graph,
    };
  }

  private next(operator: string): string {
    const count = this.nodes.filter(one => one.operator === operator).length;
    return `${operator}_${count + 1}`;
  }
}

/** The first version whose GroupNormalization scales channels. */
const opset = 21;
