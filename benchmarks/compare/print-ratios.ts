import { aligned, time } from '../lib/table.ts';
import { chanceApart, type Ratio, type Ratios } from './ratios.ts';

/** Chances above which a difference is not called one. */
const mostByChance = 0.05;

/** Ratios for people. @param rounds measurements of each side */
export function printRatios({ ratios, onlyA, onlyB }: Ratios, rounds: number): string {
  const rows = [
    ['', 'A', 'B', 'B/A', 'spread', ''],
    ...ratios.map(ratio => [
      ratio.name,
      time(ratio.a),
      time(ratio.b),
      ratio.ratio.toFixed(3),
      rounds > 1 ? ratio.spread.map(value => value.toFixed(3)).join(' – ') : '',
      verdict(ratio, rounds),
    ]),
  ];
  const lines = [
    ...(ratios.length > 0
      ? [noise(ratios.length, rounds)]
      : ['nothing was measured on both sides']),
    ...onlyA.map(name => `only A has ${name}`),
    ...onlyB.map(name => `only B has ${name}`),
  ];
  return `${aligned(rows)}\n${lines.map(line => `${line}\n`).join('')}`;
}

function verdict({ ratio, apart }: Ratio, rounds: number): string {
  if (chanceApart(rounds) > mostByChance) return '';
  if (!apart) return 'within noise';
  return ratio < 1 ? 'B is faster' : 'B is slower';
}

/** What "faster" and "slower" mean, and how often they would be wrong. */
function noise(results: number, rounds: number): string {
  const chance = chanceApart(rounds);
  if (rounds === 1) return 'One measurement of each: what is noise cannot be told.';
  if (chance > mostByChance)
    return `${rounds} measurements of each: too few to tell a difference from noise; take --rounds 4 or more.`;
  return `Faster or slower: all ${rounds} times of one before all of the other, which chance alone does with probability ${chance.toPrecision(1)} for each of ${results} result(s).`;
}
