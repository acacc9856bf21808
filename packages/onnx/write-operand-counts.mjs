import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { operators } from './dist/operators/registry.js';

/** Writes src/operand-counts.ts as operators have their counts: `npm run operands -w @nads/onnx`, after a build. */
const file = new URL('src/operand-counts.ts', import.meta.url).pathname;
const entries = operators
  .filter(({ inputs }) => inputs)
  .map(({ domain = '', name, inputs = [], outputs = [1, 1] }) => [
    domain === '' ? name : `'${domain}:${name}'`,
    `[${[...inputs, ...outputs].join(', ')}]`,
  ]);
const text = `/** At least and at most so many inputs, and outputs. */
type Counts = readonly [number, number, number, number];

/**
 * How many operands operators take, as their files say: whoever only reads a model takes no operators along. Written by
 * \`npm run operands -w @nads/onnx\`.
 */
export const operandCounts: Readonly<Record<string, Counts>> = {
${entries.map(([name, counts]) => `${name}: ${counts},`).join('\n')}
};
`;
writeFileSync(file, await format(text, { parser: 'typescript', ...(await resolveConfig(file)) }));
