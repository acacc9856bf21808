// All estimates of the atlas in two small files, and how far its errors can be believed.
// As a stage: gather.ts --out=FOLDER --members=architectures.json --left=left-out.json ESTIMATE..., folders whose names end in NAME-SEED, two for
// each member. Members without them are named, and listed as left out.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  encodeAtlas,
  gatherAtlas,
  parseArchitectures,
  parseLeftOut,
  type Architecture,
  type GatheredMember,
} from '@nads/study';
import { FolderStore, readNads } from '@nads/study/node';
import { givenToStage } from '../lib/stage.ts';

const { option, out, words } = givenToStage('members', 'left');
const file = (name: string): [string, string] => [name, readFileSync(name, 'utf8')];
const architectures = parseArchitectures(...file(option('members')));
const left = parseLeftOut(...file(option('left')));
const folders = new Map(words.map(folder => [nameOf(folder), folder]));

/** 'resnet18-1' of 'out/estimate4-resnet18-1'. */
function nameOf(folder: string): string {
  return basename(folder).replace(/^estimate\d*(?:-all)?-/, '');
}

/** Undefined where an estimate of a member is not there. */
function gathered(architecture: Architecture): GatheredMember | undefined {
  const [first, second] = [1, 2].map(seed => folders.get(`${architecture.name}-${seed}`));
  if (first === undefined || second === undefined) {
    console.error(`${architecture.name}: no two estimates, left out`);
    return undefined;
  }
  return { architecture, read: () => [readNads(first), readNads(second)] };
}

const members = architectures.flatMap(one => gathered(one) ?? []);
const there = new Set(members.map(({ architecture: { name } }) => name));
const missing = architectures
  .filter(({ name }) => !there.has(name))
  .map(({ name, title, family }) => ({ name, title, family, reason: 'not estimated yet' }));
const atlas = await gatherAtlas(
  members,
  { left: [...left, ...missing] },
  {
    onProgress: ({ done, total }) =>
      console.error(`${done} of ${total} read${done === total ? '; comparing all with all' : ''}`),
  },
);
const files = encodeAtlas(atlas);
await new FolderStore(out).write(files);
for (const [name, bytes] of files) console.log(`${join(out, name)}: ${bytes.length} bytes`);
console.log(
  `${atlas.members.length} members; rounding changes overlaps by at most ${atlas.summary.rounding.toExponential(1)}`,
);
for (const { top, factor, pairs } of atlas.summary.calibration)
  console.log(`k = ${top}: predicted errors times ${factor.toFixed(2)}, from ${pairs} pairs`);
