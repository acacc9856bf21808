import { operandCounts } from '../src/operand-counts.js';
import { operators } from '../src/operators/registry.js';

test('the table has the counts of all operators that say them, and no others', () => {
  const own = operators
    .filter(({ inputs }) => inputs)
    .map(({ domain, name, inputs, outputs = [1, 1] }) => [
      domain ? `${domain}:${name}` : name,
      [...inputs!, ...outputs],
    ]);
  // npm run operands -w @nads/onnx writes it
  expect(operandCounts).toEqual(Object.fromEntries(own));
});
