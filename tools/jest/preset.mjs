import { fileURLToPath } from 'node:url';

/** @type {(name: string) => string} */
const beside = name => fileURLToPath(new URL(name, import.meta.url));

/** The one Jest configuration: TypeScript sources as ES modules, no build needed. */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  reporters: ['default', beside('counts.mjs'), beside('ending.mjs')],
  // seconds on a quiet machine may be a minute on a busy one
  testTimeout: 120_000,
  testEnvironment: beside('environment.cjs'),
  testEnvironmentOptions: { customExportConditions: ['@nads/source', 'node', 'node-addons'] },
};
