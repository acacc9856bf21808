import type { Node } from './graph.js';

/** How errors call a node: by its name, or by what it computes where it has none. */
export const nodeLabel = ({
  name,
  outputs,
  operator,
}: Omit<Node, 'domain' | 'inputs' | 'attributes'>): string =>
  `node '${name || (outputs.find(output => output !== '') ?? '')}' (${operator})`;
