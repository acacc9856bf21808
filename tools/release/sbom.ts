// Writes a bill of materials (CycloneDX 1.5, by npm) of what those get who install a package or the command: out/sbom.cdx.json.
//   npm run sbom            after a build
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../packages/lib/run.ts';
import { shippedPackages } from './lib/shipped-packages.ts';

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly properties?: readonly { readonly name: string }[];
}

interface Bill {
  readonly components: readonly Component[];
  readonly dependencies: readonly {
    readonly ref: string;
    readonly dependsOn?: readonly string[];
  }[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const bill = JSON.parse(run(root, 'npm', 'sbom', '--sbom-format', 'cyclonedx')) as Bill;
const titles = new Set(shippedPackages(root).map(({ name, version }) => `${name} ${version}`));

/** Ours, and what ships; for the command npm counts what it has bundled as needed for development only. */
const components = bill.components
  .filter(({ name, version }) => name.startsWith('@nads/') || titles.has(`${name} ${version}`))
  .map(({ properties = [], ...rest }) => ({
    ...rest,
    properties: properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
  }));
const refs = new Set(components.map(one => one['bom-ref']));
const dependencies = bill.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(one => refs.has(one)) }));
const file = join(root, 'out/sbom.cdx.json');
mkdirSync(join(root, 'out'), { recursive: true });
writeFileSync(file, `${JSON.stringify({ ...bill, components, dependencies }, null, 2)}\n`);
const missing = [...titles].filter(title =>
  components.every(one => `${one.name} ${one.version}` !== title),
);
console.log(
  `${file}: ${components.length} components; not installed on this platform: ${missing.length}`,
);
