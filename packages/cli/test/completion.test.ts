import { execFileSync } from 'node:child_process';
import { completionScript } from '../src/completion/completion-script.js';
import { nadsProgram } from '../src/program.js';
import { complaint, done } from './run-nads.js';

/** What bash offers behind these words. */
const offered = (...words: string[]): string[] =>
  execFileSync('bash', [
    '-c',
    `${completionScript('bash', nadsProgram())}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _nads; echo "\${COMPREPLY[@]}"`,
    'bash',
    'nads',
    ...words,
  ])
    .toString()
    .trim()
    .split(' ');

test('bash completes commands, options, choices, and leaves the rest to files', () => {
  expect(offered('es')).toEqual(['estimate']);
  expect(offered('estimate', 'm.onnx', '--net')).toEqual(['--networks']);
  expect(offered('estimate', 'm.onnx', '--probe', '')).toEqual(['secant', 'gradient', 'mixed']);
  expect(offered('models', '')).toEqual(['list', 'get', 'check']);
  expect(offered('completion', 'f')).toEqual(['fish']);
  expect(offered('help', 'syn')).toEqual(['synth']);
  expect(offered('estimate', '--out', '')).toEqual(['']);
});

test('zsh and fish get every command and option, in quotes', () => {
  for (const shell of ['zsh', 'fish'] as const) {
    const script = completionScript(shell, nadsProgram());
    for (const { name } of nadsProgram().commands.map(one => ({ name: one.name() })))
      expect(script).toContain(name);
    expect(script).toMatch(shell === 'zsh' ? /--probe\[.*secant gradient mixed/ : /-l probe -x -a/);
    expect(script.replaceAll(/'\\''|\\'/g, '').split("'").length % 2).toBe(1);
  }
});

test('nads completion prints a script, and names the shells it knows', async () => {
  const { stdout } = await done('completion', 'bash');
  expect(stdout).toContain('complete -o default -F _nads nads');
  expect(await complaint('completion', 'tcsh')).toMatch(/Allowed choices are bash, zsh, fish/);
});
