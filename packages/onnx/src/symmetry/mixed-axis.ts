import { Broken, type Axis } from './context.js';

/** An axis that a mixed one is made of. */
export interface Part {
  readonly axis: Axis;
  readonly size: number;
}

/** The axis that lists the places of all parts together, the last one fastest: a relabelling acts on each. */
export const merged = (parts: readonly Part[]): Axis => written(parts, ' × ');

/** The axis that lists the places of one part after those of another: a relabelling acts within each. */
export const concatenated = (parts: readonly Part[]): Axis => written(parts, ' + ');

/** What an axis was merged of; undefined of others. */
export const factorsOf = (axis: Axis): readonly Part[] | undefined => read(axis, ' × ');

/** What an axis was concatenated of; undefined of others. */
export const piecesOf = (axis: Axis): readonly Part[] | undefined => read(axis, ' + ');

/** Longer descriptions say nothing more: joining twice what is joined makes them twice as long, again and again. */
const longest = 10_000;

function written(parts: readonly Part[], sign: string): Axis {
  const length = parts.reduce((sum, { axis }) => sum + axis.length, 0);
  if (length > longest) throw new Broken('it puts too many axes together');
  return `mixed (${parts.map(({ axis, size }) => `${axis} ${size}`).join(sign)})`;
}

function read(axis: Axis, sign: string): readonly Part[] | undefined {
  if (!axis.startsWith('mixed (')) return undefined;
  const parts = splitOutside(axis.slice('mixed ('.length, -1), sign);
  if (parts.length < 2) return undefined;
  return parts.map(part => {
    const space = part.lastIndexOf(' ');
    return { axis: part.slice(0, space) as Axis, size: Number(part.slice(space + 1)) };
  });
}

/** Splits a text at a sign where it is in no parentheses. */
function splitOutside(text: string, sign: string): string[] {
  const parts = [''];
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')') depth--;
    if (depth === 0 && text.startsWith(sign, i)) {
      parts.push('');
      i += sign.length - 1;
    } else parts[parts.length - 1] += text[i];
  }
  return parts;
}
