// What docs/atlas.md quotes of the data: each step of the ladder, and pairs of members.
//   npm run script -- experiments/atlas/findings.ts [NAME NAME...]     pairs of names; all steps of the ladder without
import { fileURLToPath } from 'node:url';
import { atlasPairs, ladderSteps } from '@nads/study';
import { readAtlas } from '@nads/study/node';

const atlas = readAtlas(fileURLToPath(new URL('data', import.meta.url)));
const names = process.argv.slice(2);
const short = (value: number): string =>
  Math.abs(value) < 1e-3 ? value.toExponential(1) : value.toFixed(3);
const show = (of?: { readonly value: number; readonly error: number }): string =>
  of ? `${short(of.value)} ± ${errorText(of.error)}` : 'not determined';
const errorText = (error: number): string => (Number.isFinite(error) ? short(error) : 'unknown');

if (names.length === 0)
  for (const { changes, numbers, correlations } of ladderSteps(atlas))
    console.log(
      [
        changes.padEnd(46),
        ...correlations.map(({ top, value }) => `k = ${top}: ${show(value)}`),
        ...numbers.map(
          one =>
            `${one.name} ${one.from.toPrecision(3)} → ${one.to.toPrecision(3)}, change ${show(one)}, z = ${one.z.toFixed(1)}`,
        ),
      ].join('; '),
    );
for (const { a, b, correlations, spectral } of atlasPairs(atlas, names))
  console.log(
    `${a} and ${b}: ${correlations.map(({ top, value }) => `k = ${top}: ${show(value)}`).join('; ')}; squared distance of spectra ${show(spectral)}`,
  );
