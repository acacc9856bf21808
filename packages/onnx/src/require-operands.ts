import { subgraphs, type Node } from './graph.js';
import { requireWithin } from './limits.js';
import { bodies, type FunctionDefinition, type Model } from './model.js';
import { nodeLabel } from './node-label.js';
import { operandCounts } from './operand-counts.js';

/**
 * Asserts that every node, in graphs inside nodes and in functions as well, has as many inputs and outputs as its operator takes, and
 * no more than there may be.
 * @throws where one has others, naming it.
 */
export function requireOperands(model: Model): void {
  const own = new Set(model.functions.map(keyOf));
  const visit = (node: Node): void => {
    requireFew(node);
    if (!own.has(keyOf({ domain: node.domain, name: node.operator }))) requireCounts(node);
    for (const inner of subgraphs(node)) inner.nodes.forEach(visit);
  };
  for (const nodes of bodies(model)) nodes.forEach(visit);
}

const keyOf = ({ domain, name }: Pick<FunctionDefinition, 'domain' | 'name'>): string =>
  `${domain}:${name}`;

function requireFew(node: Node): void {
  for (const kind of ['inputs', 'outputs'] as const)
    requireWithin('operands', node[kind].length, `${nodeLabel(node)} has ${kind}:`);
}

function requireCounts(node: Node): void {
  const key = node.domain ? keyOf({ domain: node.domain, name: node.operator }) : node.operator;
  if (!Object.hasOwn(operandCounts, key)) return;
  const [least, most, ...outputs] = operandCounts[key];
  requireCount(node, 'input', least, most);
  requireCount(node, 'output', ...outputs);
  const left = node.inputs.slice(0, least).indexOf('');
  if (left >= 0)
    throw new Error(`${nodeLabel(node)} leaves out input ${left}, which it needs; ${remedy}`);
}

function requireCount(node: Node, kind: 'input' | 'output', least: number, most: number): void {
  const { length } = node[`${kind}s`];
  if (length >= least && length <= most) return;
  const right = [least === 0 ? 'none' : least, ...(most > least ? [most] : [])];
  const expected = most === Infinity ? `${least} or more` : right.join(' to ');
  throw new Error(
    `${nodeLabel(node)} has ${length} ${kind}${length === 1 ? '' : 's'}, expected ${expected}; ${remedy}`,
  );
}

const remedy = 'export the model again';
