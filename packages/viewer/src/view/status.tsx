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
  return (
    <section class="status" aria-label="Progress">
      <p role="status">{words(state)}</p>
      <progress
        aria-label={`networks of ${name}`}
        max={progress?.total ?? 1}
        value={
          phase === 'done' ? (progress?.total ?? 1) : progress?.total ? progress.done : undefined
        }
      />
      <div class="buttons">
        {phase === 'paused' ? (
          <button onClick={onResume}>Resume</button>
        ) : (
          <button onClick={onPause} disabled={phase !== 'running'}>
            Pause
          </button>
        )}
        <button onClick={onStop} disabled={phase === 'done'}>
          Stop
        </button>
      </div>
    </section>
  );
}

function words({ phase, name, progress }: ViewState): string {
  const { done = 0, total, note } = progress ?? {};
  const networks = `${done}${total ? ` of ${total}` : ''} networks`;
  const sofar = `${name}: ${networks}${note ? `, ${note}` : ''}`;
  if (phase === 'done') return `${sofar}, done`;
  if (phase === 'paused') return `${sofar}, paused`;
  return progress ? sofar : `${name}: getting ready`;
}
