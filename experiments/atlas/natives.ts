// Light models of native architectures and of cells of NAS-Bench-201, the best and worst that learn at all.
// As a script: npm run script -- experiments/atlas/natives.ts --out=FOLDER
import { join } from 'node:path';
import { writeModel } from '@nads/onnx';
import { freshModel } from '@nads/study';
import { writeWhole } from '@nads/study/node';
import { lightened } from '../../tools/models/lightened.ts';
import { shortened } from '../../tools/models/shortened.ts';
import { givenToStage } from '../lib/stage.ts';

/** Names of files; where torchvision has the same name, what it is made for is behind it. */
const files: Readonly<Record<string, string>> = {
  logreg: 'logreg',
  cnn: 'cnn',
  lenet: 'lenet',
  'vgg11-cifar': 'vgg11',
  'vgg11-bn-cifar': 'vgg11-bn',
  resnet8: 'resnet8',
  resnet20: 'resnet20',
  'resnet18-cifar': 'resnet18',
  'densenet121-cifar': 'densenet121',
  'pi-net': 'pi-net',
  'pi-net-relu': 'pi-net-relu',
  'pi-resnet18-relu': 'pi-resnet18-relu',
  'nsl-static': 'nsl-static',
  'nsl-dynamic': 'nsl-dynamic',
  'cell-best':
    'cell:|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|nor_conv_1x1~1|nor_conv_3x3~2|',
  'cell-worst':
    'cell:|avg_pool_3x3~0|+|avg_pool_3x3~0|skip_connect~1|+|avg_pool_3x3~0|avg_pool_3x3~1|avg_pool_3x3~2|',
};

const { out } = givenToStage();
for (const [file, name] of Object.entries(files)) {
  const { model } = await freshModel(name, { channels: 3, height: 32, width: 32, classes: 10 });
  writeWhole(join(out, `${file}.onnx`), writeModel(shortened(lightened(model))));
}
