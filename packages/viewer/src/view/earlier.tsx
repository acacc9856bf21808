import { useEffect, useRef, useState } from 'preact/hooks';
import type { EarlierResult } from '../study/earlier-results.js';

/** Not before the page is drawn: reading results takes a parser. */
export const loadEarlier = () => import('../study/earlier-results.js');

/** What the list needs. */
interface EarlierProps {
  /** Whether something is being estimated: the list is read anew whenever that changes. */
  readonly isRunning: boolean;
  readonly onOpen: (result: EarlierResult) => void;
  readonly onContinue: (result: EarlierResult) => void;
}

/** Estimates that are kept on this computer, from before the page was opened too; nothing where there is none. */
export function Earlier({ isRunning, onOpen, onContinue }: EarlierProps) {
  const [results, setResults] = useState<readonly EarlierResult[]>([]);
  const [failure, setFailure] = useState<string>();
  const looks = useRef(0);
  async function look(): Promise<void> {
    const own = ++looks.current;
    const found = await (await loadEarlier()).earlierResults();
    if (own === looks.current) setResults(found ?? []);
  }
  useEffect(() => void look(), [isRunning]);
  const isElsewhere = !isRunning && results.some(result => result.isRunning);
  useEffect(() => {
    if (!isElsewhere) return;
    const timer = setInterval(() => void look(), 1000);
    return () => clearInterval(timer);
  }, [isElsewhere]);

  async function remove(result: EarlierResult): Promise<void> {
    setFailure(undefined);
    const { deleteEarlier } = await loadEarlier();
    await deleteEarlier(result).catch((error: Error) => setFailure(error.message));
    await look();
  }

  if (results.length === 0) return null;
  return (
    <details
      class="earlier"
      onToggle={event => {
        if (event.currentTarget.open) void look();
      }}
    >
      <summary>Earlier results on this computer</summary>
      {failure && (
        <p role="alert" class="failure">
          {failure}
        </p>
      )}
      <ul>
        {results.map(result => (
          <li key={result.id}>
            <span>{words(result)}</span>{' '}
            {result.finished ? (
              <button onClick={() => onOpen(result)}>Open</button>
            ) : (
              <button disabled={result.isRunning} onClick={() => onContinue(result)}>
                Continue
              </button>
            )}{' '}
            <button disabled={result.isRunning} onClick={() => void remove(result)}>
              Delete
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function words({ name, settings, finished, isRunning, bytes, begun }: EarlierResult): string {
  const asked = Object.entries(settings).map(([option, value]) => `${option} ${value}`);
  const state = finished ? 'done' : isRunning ? 'being estimated' : 'not done';
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return [name, ...asked, state, size, begun.toLocaleString()].join(', ');
}
