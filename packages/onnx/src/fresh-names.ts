import { subgraphs, type Graph } from './graph.js';

/** Names for new values, each of which no other value has. */
export class FreshNames {
  private readonly taken: Set<string>;
  /** Numbers below these are taken for names of a stem. */
  private readonly numbers = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.taken = new Set(taken);
  }

  /** Gives a name to no new value. */
  reserve(name: string): void {
    this.taken.add(name);
  }

  /** The stem itself, with a number behind it where that name is taken. */
  take(stem: string): string {
    let [name, n] = [stem, this.numbers.get(stem) ?? 1];
    for (; this.taken.has(name); n++) name = `${stem}_${n}`;
    this.numbers.set(stem, n);
    this.taken.add(name);
    return name;
  }
}

/** Every name that a value of a graph has, or one of its subgraphs. */
export function valueNames(graph: Graph): string[] {
  return [
    ...graph.inputs.map(({ name }) => name),
    ...graph.outputs.map(({ name }) => name),
    ...graph.initializers.keys(),
    ...graph.nodes.flatMap(node => [...node.outputs, ...subgraphs(node).flatMap(valueNames)]),
  ];
}
