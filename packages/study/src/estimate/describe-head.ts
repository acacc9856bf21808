import { isHead } from '@nads/onnx';
import type { Preparation } from '@nads/probe';

/** How the last layer is treated, in words. */
export function describeHead({ plan, head }: Preparation): string {
  const last = isHead(head)
    ? `'${head.node.name}' (${head.node.operator}, ${head.size} → ${head.outputs})`
    : head.obstacle;
  const treatments = {
    marginalised: 'averaged over exactly',
    sampled: 'one output of one drawn layer',
    outputs: 'all outputs of one drawn layer',
  };
  return `${treatments[plan.head.kind]}: ${last}`;
}
