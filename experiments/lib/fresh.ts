// A native architecture or a cell of NAS-Bench-201 with fresh weights as an ONNX model.
// As a stage: fresh.ts --name=NAME [--image=3x32x32] [--classes=10] --out=FOLDER
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeModel } from '@nads/onnx';
import { freshModel } from '@nads/study';
import { writeWhole } from '@nads/study/node';

const { values } = parseArgs({
  options: {
    name: { type: 'string' },
    image: { type: 'string', default: '3x32x32' },
    classes: { type: 'string', default: '10' },
    out: { type: 'string' },
  },
});
const [channels, height, width] = values.image.split('x').map(Number);
const sizes = { channels, height, width, classes: Number(values.classes) };
const { model } = await freshModel(values.name!, sizes);
writeWhole(join(values.out!, 'model.onnx'), writeModel(model));
