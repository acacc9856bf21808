import { drainQueues, queueStatus, retryTasks } from '@nads/queue';
import { warn } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { statusLines } from './status-lines.js';

/** Options of `nads queue`. */
interface Flags extends ShowFlags {
  readonly queue: string;
}

const serverOf = ({ queue }: Flags) => ({ queue, onWarning: warn });

/** Runs `nads queue status`. */
export async function status(flags: Flags): Promise<void> {
  const found = await queueStatus(serverOf(flags));
  show(flags, statusLines(found), found);
}

/** Runs `nads queue drain`. */
export async function drain(flags: Flags): Promise<void> {
  const removed = await drainQueues(serverOf(flags));
  show(flags, [`${removed} task(s) taken out`], { removed });
}

/** Runs `nads queue retry`. */
export async function retry(flags: Flags): Promise<void> {
  const retried = await retryTasks(serverOf(flags));
  show(flags, [`${retried} task(s) given once more`], { retried });
}
