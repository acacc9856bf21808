import type { ViewState } from '../study/view-state.js';

/** What the line of status needs. */
interface StatusProps {
  readonly state: ViewState;
  readonly onPause: () => void;
  readonly onResume: () => void;
  readonly onStop: () => void;
}

/** What is going on, and what can be done about it. */
export function Status({ state, onPause, onResume, onStop }: StatusProps) {
  const { phase, name, progress, failure } = state;
  if (phase === 'empty') return null;
  if (phase === 'failed')
    return (
      <p role="alert" class="failure">
        {failure}
      </p>
    );
  if (phase === 'done')
    return (
      <p role="status" class="status">
        {words(state)}
      </p>
    );
  return (
    <section class="status" aria-label="Progress">
      <p role="status">{words(state)}</p>
      <progress
        aria-label={`networks of ${name}`}
        max={progress?.total ?? 1}
        value={progress?.total ? progress.done : undefined}
      />
      <div class="buttons">
        {phase === 'paused' ? (
          <button onClick={onResume}>Resume</button>
        ) : (
          <button onClick={onPause} disabled={phase !== 'running'}>
            Pause
          </button>
        )}
        <button onClick={onStop}>Stop</button>
      </div>
    </section>
  );
}

function words({ phase, name, progress }: ViewState): string {
  if (!progress) return phase === 'done' ? `${name}: as it was saved` : `${name}: getting ready`;
  const { done, total, note } = progress;
  const networks = `${total ? `${done} of ${total}` : done} ${(total ?? done) === 1 ? 'network' : 'networks'}`;
  const end = { done: ', done', paused: ', paused' }[phase as string] ?? '';
  return `${name}: ${networks}${note ? `, ${note}` : ''}${end}`;
}
