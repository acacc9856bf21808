import {
  lengthOf,
  nodeMacs,
  sizeOf,
  type LocalGraph,
  type Node,
  type Spans,
  type Stage,
} from '@nads/onnx';

/** What there is to do for one image. */
export interface Amount {
  /** Multiply–accumulates of layers. */
  readonly macs: number;
  /** The same where runtimes compute whole blocks of filters: six filters take as long as sixteen. */
  readonly inBlocks: number;
  /** Elements that nodes give, all together. */
  readonly elements: number;
}

/** Height and width. */
export type Size = readonly [height: number, width: number];

/** What a stage does where its outputs are boxes of a size. */
export function workOfStage(graph: LocalGraph, { nodes }: Stage, size: Size): Amount {
  return total(
    nodes.map(({ node, spans }) => {
      const outputs = new Set(node.outputs);
      return workOf(node, name => {
        const dims = dimsOf(graph, name);
        return outputs.has(name) ? [1, dims[1], ...sizeOfPart(spans, size)] : dims;
      });
    }),
  );
}

/** What nodes do on whole maps. */
export function workOnMaps(graph: LocalGraph, nodes: readonly Node[]): Amount {
  const images = dimsOf(graph, graph.source)[0];
  const { macs, inBlocks, elements } = total(
    nodes.map(node => workOf(node, name => dimsOf(graph, name))),
  );
  return { macs: macs / images, inBlocks: inBlocks / images, elements: elements / images };
}

/** Dims of a value for the images of the graph's inference; none where they are not known. */
export const dimsOf = ({ inference }: LocalGraph, name: string): readonly number[] =>
  inference.get(name)?.dims ?? [];

/** Height and width of the part of a map that boxes of a size depend on. */
export const sizeOfPart = ([rows, columns]: Spans, [height, width]: Size): Size => [
  lengthOf(rows, height),
  lengthOf(columns, width),
];

/** Filters that runtimes compute side by side. */
const block = 16;

function workOf(node: Node, dims: (name: string) => readonly number[]): Amount {
  const elements = node.outputs
    .filter(name => name !== '')
    .reduce((sum, name) => sum + sizeOf(dims(name)), 0);
  const macs = nodeMacs(node, dims);
  const [, filters = 1] = dims(node.outputs[0]);
  const inBlocks = (macs / filters) * block * Math.ceil(filters / block);
  return { macs, inBlocks, elements };
}

const nothing: Amount = { macs: 0, inBlocks: 0, elements: 0 };

/** One and the other. */
export const both = (a: Amount, b: Amount): Amount => ({
  macs: a.macs + b.macs,
  inBlocks: a.inBlocks + b.inBlocks,
  elements: a.elements + b.elements,
});

const total = (amounts: readonly Amount[]): Amount => amounts.reduce(both, nothing);
