import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readModel, writeModel } from '@nads/onnx';
import { lightened } from './lightened.ts';
import { shortened } from './shortened.ts';

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [from, to] = positionals;
if (!to) {
  console.error('usage: npm run script -- tools/models/lighten.ts [--short] IN.onnx OUT.onnx');
  process.exit(2);
}
const light = lightened(readModel(readFileSync(from), from));
writeFileSync(to, writeModel(values.short ? shortened(light) : light));
