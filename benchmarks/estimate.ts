import { commands } from './estimate/commands.ts';
import { memory } from './estimate/memory.ts';
import { rates } from './estimate/rates.ts';
import { openPeer, reportOf } from './lib/peer.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

/**
 * Estimates, network by network, against the published method in PyTorch; then whole commands and
 * the memory they take.
 */
export async function run({ log }: RunOptions): Promise<Outcome> {
  const peer = await openPeer('reference.py', log);
  const perNetwork = await rates(peer, log);
  peer?.close();
  const whole = await commands(perNetwork[0].peer_seconds, log);
  return {
    results: [...perNetwork, ...whole],
    ...reportOf(peer, 'published method, '),
    notes: await memory(log),
  };
}
