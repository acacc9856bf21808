import { getString } from '../attribute.js';
import type { Node } from '../graph.js';
import type { WeightSurroundings, WeightUse } from '../layers/weight-rule.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { broadcast } from '../shapes/broadcast.js';
import { sizeOf } from '../tensor.js';

/** Sums of products over the axes whose letters the equation leaves out on the right. */
export const einsum: Operator = {
  name: 'Einsum',
  inputs: [1, Infinity],
  weights: einsumWeights,
  /** dy and the other operands, over what an operand's own letters leave out. */
  gradient: ({ node, inputs, g }, [dy]) => {
    const { terms, result } = spelledOut(
      equationOf(node),
      inputs.map(input => g.dims(input).length),
    );
    return terms.map((term, i) => () => {
      const others = terms.filter((_, k) => k !== i);
      const own = labels(term);
      if (new Set(own).size < own.length)
        throw new Error('its gradient is not implemented for letters that repeat in one term');
      const isReachable = own.map(label =>
        [result, ...others].some(other => labels(other).includes(label)),
      );
      const left = own.filter((_, axis) => isReachable[axis]);
      const operands = [dy!, ...inputs.filter((_, k) => k !== i)];
      const equation = `${[result, ...others].join(',')}->${left.join('')}`;
      const product = g.op('Einsum', operands, { equation });
      const missing = own.flatMap((_, axis) => (isReachable[axis] ? [] : [axis]));
      const all = missing.length > 0 ? g.op('Unsqueeze', [product, g.integers(missing)]) : product;
      return g.expandLike(g.unbroadcast(all, inputs[i]), inputs[i]);
    });
  },
  infer: application => {
    const { terms, result } = equationOf(application.node);
    const { length } = application.node.inputs;
    if (terms.length !== length)
      throw new Error(`its equation has ${terms.length} term(s) for ${length} input(s)`);
    const sizes = sizesOf(
      terms,
      terms.map((_, i) => dimsOf(application, i)),
    );
    const dims = labels(result).flatMap(label => sizes.get(label) ?? []);
    return [{ type: typeOf(application, 0), dims }];
  },
};

/** A constant operand beside one that is not, where it mixes features: letters of both are summed over. */
function einsumWeights(node: Node, { dims, isWeight }: WeightSurroundings): readonly WeightUse[] {
  const input = node.inputs.findIndex(isWeight);
  if (node.inputs.length !== 2 || input < 0) return [];
  const { terms, result } = equationOf(node);
  const [own, other] = [labels(terms[input]), labels(terms[1 - input])];
  const sizes = dims(node.inputs[input]);
  const summed = own.map(label => other.includes(label) && !result.includes(label));
  const further = own.map(label => !other.includes(label) && result.includes(label));
  if (own.includes('...') || !summed.includes(true)) return [];
  const fanIn = sizeOf(sizes.filter((_, axis) => summed[axis]));
  const fanOut = sizeOf(sizes.filter((_, axis) => further[axis]));
  return [{ input, kind: 'linear', role: 'weight', fanIn, fanOut, takesBias: true }];
}

interface Equation {
  readonly terms: readonly string[];
  readonly result: string;
}

function equationOf(node: Node): Equation {
  const equation = getString(node, 'equation', '').replaceAll(/\s/g, '');
  if (!wellFormed.test(equation)) throw new Error(`'${equation}' is no equation of Einsum`);
  const [left, right] = equation.split('->');
  const terms = left.split(',');
  const result = right ?? implied(terms);
  requireResult(labels(result), terms.flatMap(labels), equation);
  return { terms, result };
}

/** Terms of letters with at most one ellipsis each, separated by commas, and maybe one arrow and a term behind them. */
const wellFormed =
  /^[A-Za-z]*(?:\.{3}[A-Za-z]*)?(?:,[A-Za-z]*(?:\.{3}[A-Za-z]*)?)*(?:->[A-Za-z]*(?:\.{3}[A-Za-z]*)?)?$/;

/** @throws where a letter of the result is twice in it, or in no term */
function requireResult(
  result: readonly string[],
  known: readonly string[],
  equation: string,
): void {
  const wrong = result.find(
    (label, i) => result.indexOf(label) !== i || (label !== '...' && !known.includes(label)),
  );
  if (wrong !== undefined)
    throw new Error(`'${equation}' has '${wrong}' on the right twice, or not on the left`);
}

/** The equation with letters in place of ellipses, which stand for the last of them. */
function spelledOut({ terms, result }: Equation, ranks: readonly number[]): Equation {
  const spare = terms.map((term, i) =>
    term.includes('...') ? ranks[i] - labels(term).length + 1 : 0,
  );
  const used = labels([...terms, result].join(''));
  const depth = Math.max(...spare);
  const letters = alphabet
    .split('')
    .filter(letter => !used.includes(letter))
    .slice(0, depth);
  const spell = (term: string, count: number): string =>
    term.replace('...', letters.slice(depth - count).join(''));
  return { terms: terms.map((term, i) => spell(term, spare[i])), result: spell(result, depth) };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

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
      sizes.set(label, broadcast([sizes.get(label) ?? [], dims]));
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
