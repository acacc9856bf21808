// The page of the atlas from the data that are checked in.
// As a stage: site.ts --out=FOLDER DATA, the folder with atlas.npz and atlas.json; writes index.html.
import { join } from 'node:path';
import { atlasPage } from '@nads/study';
import { readAtlas, writeWhole } from '@nads/study/node';
import { givenToStage } from '../lib/stage.ts';

const { out, words } = givenToStage();
const page = atlasPage(readAtlas(words[0]), [
  'npm run experiment -- experiments/atlas',
  'nads atlas MODEL.onnx',
]);
const file = join(out, 'index.html');
writeWhole(file, page);
console.log(`${file}: ${(page.length / 1e6).toFixed(1)} MB`);
