/** Settings of matrix products and threads: made for other programs, they slow the peer. */
const settings = /^(ATEN|BLIS|DNNL|GOTO|KMP|MKL|NVPL|OMP|ONEDNN|OPENBLAS)_/;

/**
 * The environment without such settings: an OPENBLAS_CORETYPE for an older processor, say, halves the speed.
 * @returns it, and the names of those that were removed.
 */
export function peerEnvironment(env: NodeJS.ProcessEnv): {
  env: NodeJS.ProcessEnv;
  removed: string[];
} {
  const removed = Object.keys(env).filter(name => settings.test(name));
  const kept = Object.entries(env).filter(([name]) => !settings.test(name));
  return { env: Object.fromEntries(kept), removed };
}
