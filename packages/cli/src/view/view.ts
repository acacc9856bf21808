import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { serve } from './serve.js';
import { siteFiles } from './site.js';

/** Options of `nads view`. */
interface ViewFlags {
  readonly port: number;
  readonly open: boolean;
}

/** Where the built viewer lies: beside the bundle of the command. */
const site = new URL('./viewer/', import.meta.url);

/** Runs `nads view`: until somebody stops it. */
export async function view(paths: readonly string[], { port, open }: ViewFlags): Promise<void> {
  const missing = paths.find(path => !existsSync(path));
  if (missing !== undefined) throw new Error(`${missing}: no such file or folder`);
  const served = await serve(siteFiles(site), paths, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`port ${port} is taken; choose another --port, or leave it out`);
  });
  process.stdout.write(`${served.address}\n`);
  process.stderr.write('Ctrl-C stops it\n');
  if (open) openBrowser(served.address);
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  await served.close();
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens the system's browser; where there is none, the address is on the terminal. */
function openBrowser(address: string): void {
  const [command, ...words] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...words, address], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
