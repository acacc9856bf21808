import { commands } from './estimate/commands.mjs';
import { memory } from './estimate/memory.mjs';
import { rates } from './estimate/rates.mjs';
import { openPeer } from './lib/peer.mjs';

/**
 * Estimates, network by network, against the published method in PyTorch; then whole commands and
 * the memory they take.
 */
export async function run({ log }) {
  const peer = await openPeer('reference.py');
  const perNetwork = await rates(peer, log);
  peer?.close();
  const whole = await commands(perNetwork[0].peer_seconds, log);
  return {
    results: [...perNetwork, ...whole],
    peer: peer ? `published method, ${peer.name}` : null,
    notes: await memory(log),
  };
}
