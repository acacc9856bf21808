// Lists the operators that @nads/onnx knows by what it knows of their gradients: a rule, a decomposition
// into others, or nothing. Operators whose outputs do not depend on their inputs in a differentiable way,
// and old ones that are replaced when a model is converted to opset 17, are listed separately.
//   npm run build && npm run script -- tools/docs/operators.ts
import { operators } from '../../packages/onnx/dist/operators/registry.js';

/** An operator, and what is known of it. */
type Operator = (typeof operators)[number];

/** Operators whose outputs do not depend on their inputs in a differentiable way. */
const discrete = new Set(
  `And ArgMax ArgMin Bernoulli BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor Constant
  ConstantOfShape Equal EyeLike Greater GreaterOrEqual IsInf IsNaN Less LessOrEqual Multinomial NonZero
  Not Or RandomNormal RandomNormalLike RandomUniform RandomUniformLike Range Shape Size Xor`.split(
    /\s+/,
  ),
);

/** Operators that later opsets removed without a replacement. */
const gone = new Set('ATen Crop DynamicSlice GRUUnit GivenTensorFill Scale'.split(' '));

const kinds: Readonly<Record<string, (operator: Operator) => boolean>> = {
  'with a rule': ({ gradient }) => gradient !== undefined,
  'by decomposition': ({ decompose }) => decompose !== undefined,
  'whole numbers, conditions, random numbers and constants': ({ name }) => discrete.has(name),
  quantised: ({ quantised }) => quantised === true,
  'replaced in opset 17': ({ name }) => ['ImageScaler', 'Scatter', 'Upsample'].includes(name),
  'removed in later opsets': ({ name }) => gone.has(name),
  'without a gradient': () => true,
};

const label = ({ domain = '', name }: Operator): string => (domain ? `${domain}.${name}` : name);
const kindOf = (operator: Operator): string | undefined =>
  Object.keys(kinds).find(kind => kinds[kind](operator));

for (const kind of Object.keys(kinds)) {
  const names = operators.filter(operator => kindOf(operator) === kind).map(label);
  console.log(
    `${kind} (${names.length}): ${names.toSorted((a, b) => a.localeCompare(b)).join(', ')}\n`,
  );
}
