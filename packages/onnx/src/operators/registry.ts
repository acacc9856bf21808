import type { Node } from '../graph.js';
import type { Operator } from '../operator.js';
import * as all from './index.js';

/** Every operator that something is known of. */
export const operators: readonly Operator[] = Object.values(all);

const key = (domain: string, name: string): string => `${domain}:${name}`;

/** Looks up operators of a list by the domain and name of a node; undefined for those that are not in it. */
export function lookup(list: readonly Operator[]) {
  const byName = new Map(
    list.map(operator => [key(operator.domain ?? '', operator.name), operator]),
  );
  return ({ domain, operator }: Pick<Node, 'domain' | 'operator'>): Operator | undefined =>
    byName.get(key(domain, operator));
}

/** What we know of the operator of a node; undefined if nothing. */
export const operatorOf = lookup(operators);
