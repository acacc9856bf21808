import { readdirSync } from 'node:fs';
import type { Operator } from '../../src/operator.js';
import { operatorOf, operators } from '../../src/operators/registry.js';

const folder = new URL('../../src/operators/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  file => file.endsWith('.ts') && file !== 'registry.ts' && file !== 'index.ts',
);

/** BatchNormalization → batch-normalization; a run of capitals is one word, and so is NaN. */
const kebab = (name: string): string =>
  name
    .replace('NaN', 'Nan')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();

const fileOf = ({ name, domain }: Operator): string =>
  `${domain === 'com.microsoft' ? 'microsoft/' : ''}${kebab(name)}.ts`;

const isOperator = (value: unknown): value is Operator =>
  typeof value === 'object' && value !== null && 'infer' in value;

async function operatorsIn(file: string): Promise<Operator[]> {
  const exported = (await import(new URL(file, folder).href)) as Record<string, unknown>;
  return Object.values(exported).filter(isOperator);
}

describe('the registry', () => {
  test('knows each operator once', () => {
    const keys = operators.map(({ domain = '', name }) => `${domain}:${name}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { domain = '', name } of operators)
      expect(operatorOf({ domain, operator: name })?.name).toBe(name);
  });

  test('has every operator that a file exports, one a file, named for it', async () => {
    const found: string[] = [];
    for (const file of files)
      for (const operator of await operatorsIn(file)) {
        expect(fileOf(operator)).toBe(file);
        expect(operators).toContain(operator);
        found.push(file);
      }
    expect(found.toSorted()).toEqual(operators.map(fileOf).toSorted());
  });

  test('knows nothing of other domains', () => {
    expect(operatorOf({ domain: 'example', operator: 'Add' })).toBeUndefined();
  });
});
