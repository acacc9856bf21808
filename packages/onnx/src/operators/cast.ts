import { getInt, getString } from '../attribute.js';
import { dataTypeOf, type DataType } from '../data-type.js';
import { converted } from './conversion.js';
import type { Application, Operator } from './operator.js';

/** Its input as another element type. */
export const cast: Operator = {
  name: 'Cast',
  infer: application => [converted(application, targetOf(application))],
};

/** Before opset 6 the type was given by its name in the file format's definition. */
function targetOf({ node, opset }: Application): DataType {
  if (opset >= 6) return dataTypeOf(getInt(node, 'to', 0));
  const name = getString(node, 'to', '').toLowerCase();
  const renamed: Record<string, DataType> = { float: 'float32', double: 'float64' };
  return renamed[name] ?? (name as DataType);
}
