import type { ViewState } from '../study/view-state.js';
import type { StudyControls } from './use-study.js';

/** What the line of status needs. */
interface StatusProps {
  readonly state: ViewState;
  readonly controls: StudyControls;
  /** Whether it can be paused; it can unless false. */
  readonly pausable?: boolean;
}

/** What is going on, and what can be done about it. */
export function Status({ state, controls, pausable = true }: StatusProps) {
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
      <section class="status" aria-label="Progress">
        <p role="status">{words(state)}</p>
        <Processor state={state} />
      </section>
    );
  return (
    <section class="status" aria-label="Progress">
      <p role="status">{words(state)}</p>
      <Processor state={state} />
      <progress
        aria-label={`${progress?.unit ?? 'progress'} of ${name}`}
        max={progress?.total ?? 1}
        value={progress?.total ? progress.done : undefined}
      />
      <div class="buttons">
        {phase === 'paused' ? (
          <button onClick={controls.resume}>Resume</button>
        ) : (
          pausable && (
            <button onClick={controls.pause} disabled={phase !== 'running'}>
              Pause
            </button>
          )
        )}
        <button onClick={controls.stop}>Stop</button>
      </div>
    </section>
  );
}

/** What runs networks, why it is not what was asked for, and why results are not kept. */
function Processor({ state: { processor, unkept } }: Pick<StatusProps, 'state'>) {
  if (!processor) return null;
  const { name, why } = processor;
  return (
    <>
      <p class="processor">{why ? `on ${name} (${why})` : `on ${name}`}</p>
      {unkept && <p class="processor">lost when the page is closed: {unkept}</p>}
    </>
  );
}

function words({ phase, name, progress }: ViewState): string {
  if (!progress) return phase === 'done' ? `${name}: as it was saved` : `${name}: getting ready`;
  const { unit, done, total, note } = progress;
  const counted = (total ?? done) === 1 ? unit.replace(/s$/, '') : unit;
  const end = { done: ', done', paused: ', paused' }[phase as string] ?? '';
  return `${name}: ${total ? `${done} of ${total}` : done} ${counted}${note ? `, ${note}` : ''}${end}`;
}
