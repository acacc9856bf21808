import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RedisServer } from '@nads/testing/redis';
import { QueueProcess } from './queue-process.ts';
import type { Row } from './row.ts';
import { inOneProcess, smallSweep, wrongWith } from './small-sweep.ts';

const networks = 100;

/** Seconds without a network: more than the lease. */
const outage = 8;
const lease = 2;

/** Three machines, network namespaces with addresses of their own, do a sweep; one is cut off from the network and comes back. */
export async function* cutOff(folder: string): AsyncGenerator<Row> {
  const network = Network.make();
  process.once('exit', () => network?.remove());
  if (!network) {
    yield {
      what: 'machines that are cut off',
      seen: 'skipped: needs root and `ip netns`',
      problem: '',
    };
    return;
  }
  try {
    yield await withOutage(network, folder);
  } finally {
    network.remove();
  }
}

async function withOutage(network: Network, folder: string): Promise<Row> {
  const args = smallSweep(networks);
  const wanted = await inOneProcess(args, join(folder, 'whole'));
  mkdirSync(join(folder, 'redis'));
  const open = { bind: network.address, args: ['--protected-mode', 'no'] };
  const redis = await RedisServer.start({ folder: join(folder, 'redis'), ...open });
  const output = join(folder, 'cut-off');
  const store = ['--store', join(folder, 'store')];
  const queue = ['--queue', `redis://${network.address}:${redis.port}`];
  const machines = network.spaces.map(
    space =>
      new QueueProcess(
        ['worker', ...queue, ...store, '--workers', '1', '--lease', `${lease}`, '--name', space],
        space,
      ),
  );
  const study = new QueueProcess([...args, '--queue', redis.url, ...store, '-o', output]);
  try {
    const [first] = machines;
    await Promise.all(machines.map(machine => machine.said('networks-along')));
    network.cut(0);
    await sleep(1000 * outage);
    const before = first.stderr.length;
    network.join(0);
    const code = await study.end;
    const after = first.stderr.slice(before).split('networks-along').length - 1;
    return {
      what: `one of three machines without a network for ${outage} s`,
      seen: `it did ${after} task(s) after that`,
      problem:
        (code === 0 ? wrongWith(output, wanted) : `exit code ${code}: ${study.stderr}`) ||
        (after === 0 ? `it did not come back: ${first.stderr}` : ''),
    };
  } finally {
    await Promise.all([...machines, study].map(one => one.kill()));
    await redis.stop();
  }
}

/** A bridge with three network namespaces behind it. */
class Network {
  readonly address = '198.18.77.1'; // of the range for tests between networks (RFC 2544)
  readonly spaces: readonly string[];
  private readonly bridge = `nq${process.pid}`;

  /** Undefined where this process may not, or lacks the program. */
  static make(): Network | undefined {
    const network = new Network();
    try {
      network.build();
      return network;
    } catch {
      network.remove();
      return undefined;
    }
  }

  private constructor() {
    this.spaces = ['a', 'b', 'c'].map(letter => `${this.bridge}${letter}`);
  }

  /** Takes a machine off the network. */
  cut(machine: number): void {
    ip('link', 'set', this.spaces[machine], 'down');
  }

  /** Puts it back. */
  join(machine: number): void {
    ip('link', 'set', this.spaces[machine], 'up');
  }

  remove(): void {
    for (const args of [
      ...this.spaces.map(space => ['netns', 'del', space]),
      ...this.spaces.map(space => ['link', 'del', space]),
      ['link', 'del', this.bridge],
    ])
      spawnSync('ip', args);
  }

  private build(): void {
    ip('link', 'add', this.bridge, 'type', 'bridge');
    ip('addr', 'add', `${this.address}/24`, 'dev', this.bridge);
    ip('link', 'set', this.bridge, 'up');
    this.spaces.forEach((space, i) => {
      ip('netns', 'add', space);
      ip('link', 'add', space, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
      ip('link', 'set', space, 'master', this.bridge, 'up');
      ip('-n', space, 'addr', 'add', `198.18.77.${10 + i}/24`, 'dev', 'eth0');
      ip('-n', space, 'link', 'set', 'lo', 'up');
      ip('-n', space, 'link', 'set', 'eth0', 'up');
    });
  }
}

/** @throws with what it said where it fails */
function ip(...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${error?.message ?? stderr}`);
}
