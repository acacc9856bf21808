// Light models of all nets of the ladder of design choices.
// As a script: npm run script -- experiments/atlas/ladder.ts --out=FOLDER
import { join } from 'node:path';
import { writeModel } from '@nads/onnx';
import { writeWhole } from '@nads/study/node';
import { givenToStage } from '../lib/stage.ts';
import { net } from './ladder/net.ts';
import { rungs } from './ladder/rungs.ts';

const { out } = givenToStage();
for (const { name, design } of rungs)
  writeWhole(join(out, `${name}.onnx`), writeModel(net(name, design)));
