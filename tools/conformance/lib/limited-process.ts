import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process may use. */
export interface Limits {
  /** Of processor time, so that other work on the machine does not count. */
  readonly seconds: number;
  /** Of wall time, for one that waits for ever. */
  readonly wallSeconds: number;
  /** Of resident memory. */
  readonly bytes: number;
}

/** How a process ended. */
export interface Ended {
  /** Undefined where it was ended from outside. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Which limit it went beyond, or the signal that ended it. */
  readonly problem: string | undefined;
}

const everyMilliseconds = 40;

/** Runs a program of Node within limits, which are looked at where there is a /proc; it is ended where it goes beyond one. */
export function limitedProcess(
  args: readonly string[],
  folder: string,
  limits: Limits,
): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = [gathered(child.stdout), gathered(child.stderr)];
  const watched = watch(child, limits);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) =>
      resolve({
        status: status ?? undefined,
        stdout: stdout(),
        stderr: stderr(),
        problem: watched() ?? (signal ? `ended by ${signal}` : undefined),
      }),
    );
  });
}

function gathered(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

/** Ends a process that goes beyond a limit. @returns stops watching and says which limit that was. */
function watch(child: ChildProcess, limits: Limits): () => string | undefined {
  const begun = performance.now();
  let problem: string | undefined;
  const timer = setInterval(() => {
    problem ??= beyond(child.pid!, limits, (performance.now() - begun) / 1000);
    if (problem !== undefined) child.kill('SIGKILL');
  }, everyMilliseconds);
  return () => {
    clearInterval(timer);
    return problem;
  };
}

function beyond(pid: number, limits: Limits, wallSeconds: number): string | undefined {
  const { bytes, seconds } = usage(pid);
  if (bytes > limits.bytes) return `more than ${limits.bytes / 1e9} GB`;
  if (seconds > limits.seconds) return `more than ${limits.seconds} s of processor time`;
  return wallSeconds > limits.wallSeconds ? `more than ${limits.wallSeconds} s` : undefined;
}

/** Clock ticks a second in /proc, on every architecture of Linux (man 5 proc, sysconf(_SC_CLK_TCK)). */
const ticks = 100;

/** What a process uses: nothing is known where there is no /proc, or when it has ended. */
function usage(pid: number): { readonly bytes: number; readonly seconds: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return {
      bytes: 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0),
      seconds: (Number(stat[11]) + Number(stat[12])) / ticks,
    };
  } catch {
    return { bytes: 0, seconds: 0 };
  }
}
