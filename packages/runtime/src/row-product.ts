import { matrix, type Matrix } from '@nads/linalg';
import { attributes, node, writeModel, type Node } from '@nads/onnx';
import { productModel } from './product-model.js';
import { float32, type Runtime, type Session, type Values } from './session.js';

/** A part of n vectors: rows [n × size], or outer products of two rows each. */
export interface RowPart {
  /** [n × a] where there are outer products. */
  readonly left?: Float32Array;
  /** [n × b] */
  readonly right: Float32Array;
}

/** n vectors in parts, whose inner products add up. */
export interface Rows {
  readonly count: number;
  readonly parts: readonly RowPart[];
}

/**
 * Inner products of vectors in single precision, both cut into the same parts, worked out in double precision: [n × m]. Factors of outer
 * products are multiplied as they are, ⟨a ⊗ b, c ⊗ d⟩ = ⟨a, c⟩⟨b, d⟩.
 */
export type RowProduct = (a: Rows, b: Rows) => Promise<Matrix>;

/** Products of rows as one run of the runtime, all threads at work unless said otherwise. */
export async function rowProduct(runtime: Runtime, threads?: number): Promise<RowProduct> {
  const { double: multiplier = runtime } = runtime;
  const sessions = new Map<string, Promise<Session>>();
  const sessionFor = (parts: readonly RowPart[]): Promise<Session> => {
    const shape = parts.map(({ left }) => (left ? 'outer' : 'row')).join();
    const found =
      sessions.get(shape) ?? multiplier.createSession(sumOfProducts(parts), { threads });
    sessions.set(shape, found);
    return found;
  };
  return async (a, b) => {
    const session = await sessionFor(a.parts);
    const { c } = await session.run({ ...inputsOf('a', a), ...inputsOf('b', b) });
    return matrix(a.count, b.count, c.data as Float64Array);
  };
}

const inputsOf = (side: string, { count, parts }: Rows): Values =>
  Object.fromEntries(
    parts.flatMap((part, i) =>
      factorsOf(part).map(factor => {
        const rows = part[factor]!;
        return [`${side}${i}/${factor}`, float32(rows, [count, rows.length / count])];
      }),
    ),
  );

type Factor = keyof RowPart;

/** ONNX's number of the type. */
const double = 11;

const factorsOf = ({ left }: RowPart): readonly Factor[] => (left ? ['left', 'right'] : ['right']);

/** The model of Σ over parts of the products of their factors. */
function sumOfProducts(parts: readonly RowPart[]): Uint8Array {
  const nodes: Node[] = [];
  const inputs: string[] = [];
  const wide = (name: string): string => {
    inputs.push(name);
    nodes.push(node('Cast', [name], [`wide/${name}`], attributes({ to: double })));
    return `wide/${name}`;
  };
  const products = (part: RowPart, i: number): string[] =>
    factorsOf(part).map(factor => {
      const [a, b] = ['a', 'b'].map(side => wide(`${side}${i}/${factor}`));
      nodes.push(node('Gemm', [a, b], [`c${i}/${factor}`], attributes({ transB: 1 })));
      return `c${i}/${factor}`;
    });
  const terms = parts.map((part, i) => {
    const [first, second] = products(part, i);
    if (!second) return first;
    nodes.push(node('Mul', [first, second], [`c${i}`]));
    return `c${i}`;
  });
  nodes.push(node('Sum', terms, ['c']));
  return writeModel(productModel(nodes, inputs, 'float32'));
}
