import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Log } from './logged.ts';
import { peerEnvironment } from './peer-environment.ts';

/** What a peer multiplies matrices with, as benchmarks/peer/blas.py finds it. */
export interface Blas {
  readonly name: string;
  /** The processor that its code is for; null where it does not tell. */
  readonly kernel: string | null;
  /** Of a product of two 1024×1024 matrices in float32, the best of several. */
  readonly gflops: number;
  /** Whether it is the reference implementation, dozens of times slower than an optimised one. */
  readonly reference: boolean;
}

/** A Python process that does the same as we. */
export interface Peer {
  /** Library, version and threads. */
  readonly name: string;
  readonly blas: Blas;
  /** @throws where the process ends, with what it said last. */
  ask<Answer>(request: object): Promise<Answer>;
  close(): void;
}

/** What a benchmark says of its peer. */
export interface PeerReport {
  readonly peer: string | null;
  readonly blas: Blas | null;
  /** Whether ratios mean anything: not against the reference BLAS. */
  readonly comparable: boolean;
}

/** @param what in front of the peer's name. */
export const reportOf = (peer: Peer | undefined, what = ''): PeerReport => ({
  peer: peer ? `${what}${peer.name}` : null,
  blas: peer?.blas ?? null,
  comparable: !peer?.blas.reference,
});

/**
 * Starts a script of benchmarks/peer with each Python at hand that has the packages it needs, and keeps the one that
 * multiplies matrices fastest: one may bring OpenBLAS and another the reference implementation.
 * The script says `{ "peer": …, "blas": … }`, then answers JSON lines.
 * @returns nothing where no Python can run it, or NADS_BENCH_PEERS=none asks for none; why not is logged.
 */
export async function openPeer(script: string, log: Log): Promise<Peer | undefined> {
  if (process.env.NADS_BENCH_PEERS === 'none') {
    log('peers are left out: NADS_BENCH_PEERS=none');
    return undefined;
  }
  let best: Peer | undefined;
  for (const python of pythons()) {
    const peer = await start(python, script, log);
    if (!peer) continue;
    log(`${python}: ${peer.name}, ${peer.blas.name}, ${peer.blas.gflops.toPrecision(3)} GFLOP/s`);
    const [kept, other] =
      !best || peer.blas.gflops > best.blas.gflops ? [peer, best] : [best, peer];
    other?.close();
    best = kept;
  }
  return best;
}

/** The system's own, where Debian's packages are, and the first on the path. */
function pythons(): string[] {
  const onPath = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'python3'));
  const first = onPath.find(file => existsSync(file));
  return [...new Set(['/usr/bin/python3', ...(first ? [first] : [])])].filter(existsSync);
}

async function start(python: string, script: string, log: Log): Promise<Peer | undefined> {
  const { env, removed } = peerEnvironment(process.env);
  if (removed.length > 0) log(`${python} starts without ${removed.join(', ')}`);
  const path = fileURLToPath(new URL(`../peer/${script}`, import.meta.url));
  const child = spawn(python, [path], { env });
  const lastWords = tail(child);
  child.on('error', () => {}); // one that cannot be started: its output ends
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const greeting = await lines.next();
  if (greeting.done) {
    log(`${python} does not run ${script}: ${lastWords()}`);
    return undefined;
  }
  const { peer, blas } = JSON.parse(greeting.value) as { peer: string; blas: Blas };
  return {
    name: peer,
    blas,
    async ask<Answer>(request: object) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error(`${script} ended on ${JSON.stringify(request)}: ${lastWords()}`);
      return JSON.parse(value) as Answer;
    },
    close: () => child.stdin.end(),
  };
}

/** The last line that a process has written to its standard error. */
function tail({ stderr }: ChildProcessWithoutNullStreams): () => string {
  let said = '';
  stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  return () => said.trim().split('\n').at(-1) || 'it said nothing';
}
