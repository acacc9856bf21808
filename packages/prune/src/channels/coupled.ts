import {
  operatorOf,
  origins,
  reads,
  Unknown,
  type AxisOf,
  type Coupling,
  type Inference,
  type Model,
  type Node,
} from '@nads/onnx';
import { Places } from './places.js';

/** Which places of a network's values go together. */
export interface Coupled {
  readonly places: Places;
  /** Sets that channels of some layer are in. */
  readonly begun: ReadonlySet<number>;
  /** Layers, and the axes of their weights that their channels lie along. */
  readonly layers: readonly Layer[];
  /** Why sets cannot be removed. */
  readonly reasons: ReadonlyMap<number, Reason>;
}

/** A node that makes channels, and the axis of its weights that they lie along. */
export interface Layer {
  readonly node: Node;
  readonly weight: AxisOf;
}

/** Why places have to stay. */
export interface Reason {
  readonly text: string;
  /** Whether the network's caller would notice. */
  readonly isBoundary: boolean;
}

/** Ties the places of all values of a network by the rules of its operators. */
export function couple(model: Model, inference: Inference): Coupled {
  const walk = new Walk(model, inference);
  for (const node of model.graph.nodes) walk.visit(node);
  for (const { name } of model.graph.outputs)
    walk.closeBoundary(name, `it is the output '${name}'`);
  return walk.result();
}

const keyOf = ([value, axis]: AxisOf): string => `${axis}:${value}`;

class Walk {
  private readonly places: Places;
  private readonly model: Model;
  private readonly inference: Inference;
  private readonly constants: ReturnType<typeof origins>;
  private readonly live = new Set<string>();
  private readonly layers: Layer[] = [];
  private readonly closed: { readonly axis: AxisOf; readonly reason: Reason }[] = [];

  constructor(model: Model, inference: Inference) {
    [this.model, this.inference] = [model, inference];
    this.places = new Places(inference);
    this.constants = origins(model.graph);
    for (const { name } of model.graph.inputs)
      if (!model.graph.initializers.has(name))
        this.closeBoundary(name, `it is the input '${name}'`);
  }

  /** Applies the rule of a node; axes of its values that the rule does not mention stay whole. */
  visit(node: Node): void {
    const operator = operatorOf(node);
    if (operator?.storage) return;
    const mentioned = new Set<string>();
    const title = `'${node.name || node.outputs[0]}' (${node.operator})`;
    let reason = `${title} computes over all of it`;
    try {
      if (operator?.coupling) operator.coupling(this.around(node, mentioned));
      else reason = `${title} has no rule for channels`;
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      mentioned.clear();
      reason = `${title}: ${error.message}`;
    }
    for (const name of [...reads(node), ...node.outputs])
      for (const axis of this.axesOf(name))
        if (!mentioned.has(keyOf(axis))) this.close(axis, reason);
  }

  closeBoundary(name: string, text: string): void {
    for (const axis of this.axesOf(name))
      this.closed.push({ axis, reason: { text, isBoundary: true } });
  }

  result(): Coupled {
    const { places } = this;
    const sets = (axis: AxisOf): number[] => places.of(axis).map(place => places.find(place));
    const reasons = new Map<number, Reason>();
    for (const { axis, reason } of this.closed)
      for (const set of sets(axis))
        if (reason.isBoundary || !reasons.has(set)) reasons.set(set, reason);
    const { layers } = this;
    return {
      places,
      layers,
      begun: new Set(layers.flatMap(({ weight }) => sets(weight))),
      reasons,
    };
  }

  private close(axis: AxisOf, text: string): void {
    this.closed.push({ axis, reason: { text, isBoundary: false } });
  }

  private axesOf(name: string): AxisOf[] {
    return (this.inference.get(name)?.dims ?? []).map((_, axis) => [name, axis]);
  }

  private around(node: Node, mentioned: Set<string>): Coupling {
    const { live, inference } = this;
    const mention = (axis: AxisOf): unknown => mentioned.add(keyOf(axis));
    return {
      node,
      inputs: node.inputs.map(name => (name === '' ? undefined : inference.get(name))),
      opset: this.model.opsets.get(node.domain) ?? 1,
      inferGraph: () => [],
      dims: name => {
        const { dims } = inference.get(name) ?? {};
        if (!dims) throw new Unknown(`the shape of '${name}' depends on data`);
        return dims;
      },
      isConstant: name => this.constants.has(name) || inference.get(name)?.value !== undefined,
      isLive: axis => live.has(keyOf(axis)),
      tie: (a, b, ...keys) => {
        mention(a);
        mention(b);
        if (live.has(keyOf(a)) || live.has(keyOf(b))) live.add(keyOf(a)).add(keyOf(b));
        this.places.tie(a, b, ...keys);
      },
      begin: axis => {
        mention(axis);
        live.add(keyOf(axis));
        this.layers.push({ node, weight: axis });
      },
      end: mention,
    };
  }
}
