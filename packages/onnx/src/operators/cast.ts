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
const targetOf = ({ node, opset }: Application): DataType =>
  dataTypeOf(opset >= 6 ? getInt(node, 'to', 0) : names.indexOf(getString(node, 'to', '')));

/** At the index of their code. */
const names =
  'UNDEFINED FLOAT UINT8 INT8 UINT16 INT16 INT32 INT64 STRING BOOL FLOAT16 DOUBLE UINT32 UINT64'.split(
    ' ',
  );
