import { spawn, type ChildProcess } from 'node:child_process';
import { bin } from './nads-run.ts';

/** How a process ended: its code, or the signal that ended it. */
export type End = number | NodeJS.Signals | null;

/** A run of `nads` that goes on, with what it has said so far. */
export class QueueProcess {
  private readonly child: ChildProcess;
  readonly end: Promise<End>;
  stderr = '';

  /** @param space a network namespace that it runs in; that of this process if not given */
  constructor(args: readonly string[], space?: string) {
    const words = [process.execPath, bin, ...args];
    const [program, ...rest] = space ? ['ip', 'netns', 'exec', space, ...words] : words;
    this.child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.end = new Promise(resolve =>
      this.child.once('close', (code, signal) => resolve(code ?? signal)),
    );
  }

  /** Kills it at once. @returns how it had ended, where it came too late */
  async kill(): Promise<End> {
    this.child.kill('SIGKILL');
    return this.end;
  }

  /** Resolves once it has said something. @throws where it ends without */
  async said(text: string): Promise<void> {
    const heard = new Promise<void>(resolve => {
      const look = (): void => void (this.stderr.includes(text) && resolve());
      this.child.stderr!.on('data', look);
      look();
    });
    const over = this.end.then(code => {
      throw new Error(`nads ended with ${code} without saying '${text}': ${this.stderr}`);
    });
    await Promise.race([heard, over]);
  }
}
