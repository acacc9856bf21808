import type { Provider } from '../provider.js';

/** What a build of onnxruntime-node can be asked for; what is not bundled takes libraries that are installed besides. */
export interface Backend {
  readonly name: string;
  readonly bundled: boolean;
}

/** @throws where the build lacks the provider, naming what it has */
export function requireProvider(
  provider: Provider,
  backends: readonly Backend[],
  build: string,
): void {
  if (backends.some(({ name }) => name === provider)) return;
  const has = backends.map(({ name, bundled }) =>
    bundled ? name : `${name} (with libraries of its own)`,
  );
  throw new Error(
    `${build} for ${process.platform}/${process.arch} has no provider '${provider}'; it has ${has.join(', ')}`,
  );
}
