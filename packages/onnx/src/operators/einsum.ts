import { getString } from '../attribute.js';
import type { Node } from '../graph.js';
import { broadcast } from './broadcast.js';
import { dimsOf, typeOf, type Operator } from './operator.js';

/** Sums of products over the axes whose letters the equation leaves out on the right. */
export const einsum: Operator = {
  name: 'Einsum',
  gradient: ({ node, inputs, g }, [dy]) => {
    const { terms, result } = equationOf(node);
    return terms.map((term, i) => () => {
      const others = terms.filter((_, k) => k !== i);
      const own = labels(term);
      if (own.includes('...') || new Set(own).size < own.length)
        throw new Error(
          'its gradient is not known for ellipses and for letters that repeat in one term',
        );
      const reachable = own.filter(label =>
        [result, ...others].some(t => labels(t).includes(label)),
      );
      const equation = `${[result, ...others].join(',')}->${reachable.join('')}`;
      const operands = [dy!, ...inputs.filter((_, k) => k !== i)];
      const product = g.op('Einsum', operands, { equation });
      const dims = g
        .dims(inputs[i])
        .map((size, axis) => (reachable.includes(own[axis]) ? size : 1));
      return g.expandLike(g.reshape(product, dims), inputs[i]);
    });
  },
  infer: application => {
    const { terms, result } = equationOf(application.node);
    const sizes = sizesOf(
      terms,
      terms.map((_, i) => dimsOf(application, i)),
    );
    const dims = labels(result).flatMap(label => sizes.get(label) ?? []);
    return [{ type: typeOf(application, 0), dims }];
  },
};

function equationOf(node: Node): { terms: string[]; result: string } {
  const equation = getString(node, 'equation', '').replaceAll(/\s/g, '');
  const [left, right] = equation.split('->');
  const terms = left.split(',');
  return { terms, result: right ?? implied(terms) };
}

/** Letters, and an ellipsis as one label. */
const labels = (term: string): string[] => term.match(/\.\.\.|[A-Za-z]/g) ?? [];

/** Without a right side: the ellipsis, then the letters that occur once, in order. */
function implied(terms: readonly string[]): string {
  const all = terms.flatMap(labels).filter(label => label !== '...');
  const once = all.filter(label => all.indexOf(label) === all.lastIndexOf(label));
  return `...${once.toSorted().join('')}`;
}

/** Sizes that each label stands for. @throws where they contradict each other. */
function sizesOf(terms: readonly string[], shapes: readonly (readonly number[])[]) {
  const sizes = new Map<string, number[]>();
  terms.forEach((term, i) => {
    for (const [label, dims] of matched(labels(term), shapes[i]))
      sizes.set(label, broadcast(sizes.get(label) ?? [], dims));
  });
  return sizes;
}

function matched(term: readonly string[], dims: readonly number[]): [string, readonly number[]][] {
  const spare = dims.length - term.filter(label => label !== '...').length;
  if (spare < 0 || (spare > 0 && !term.includes('...')))
    throw new Error(`'${term.join('')}' does not match [${dims}]`);
  const left = [...dims];
  return term.map(label => [label, left.splice(0, label === '...' ? spare : 1)]);
}
