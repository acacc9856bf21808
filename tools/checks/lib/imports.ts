import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

/** Names of the packages that each part of a package imports. */
export interface Imports {
  /** Of src: what somebody who installs the package needs. */
  readonly shipped: ReadonlySet<string>;
  /** Of src, tests and the scripts beside package.json. */
  readonly all: ReadonlySet<string>;
}

/** Imports of packages in the sources, tests and scripts of a package's folder. */
export function importsOf(folder: string): Imports {
  const shipped = below(join(folder, 'src'));
  return { shipped, all: new Set([...shipped, ...below(join(folder, 'test')), ...beside(folder)]) };
}

function below(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Set(files.filter(isScript).flatMap(file => namesIn(join(folder, file))));
}

const beside = (folder: string): string[] =>
  readdirSync(folder)
    .filter(isScript)
    .flatMap(file => namesIn(join(folder, file)));

const isScript = (file: string): boolean => /\.[cm]?[jt]sx?$/.test(file);

/** At the start of a line, so that code within strings is left out. */
const statement =
  /^(?:(?:import|export)\b[^'";()=]*|\} )from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;

const namesIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(statement)]
    .map(([, from, effect, dynamic]) => from ?? effect ?? dynamic)
    .filter(name => !name.startsWith('.') && !name.startsWith('node:'))
    .filter(name => !builtinModules.includes(name))
    .map(packageName);

/** Without what is behind it: @nads/probe of @nads/probe/node. */
const packageName = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
