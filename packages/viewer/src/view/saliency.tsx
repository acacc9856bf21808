import type { AskedSaliencySettings } from '../study/messages.js';
import { Downloads } from './downloads.js';
import { Choice, Field, type Typed } from './fields.js';
import { Pictures } from './pictures.js';
import { Status } from './status.js';
import type { Study } from './use-study.js';

/** What the part of the page about pictures needs. */
interface SaliencyProps {
  readonly study: Study;
  readonly settings: AskedSaliencySettings;
  readonly onChange: (settings: AskedSaliencySettings) => void;
  /** Computes the maps again with these settings; undefined where there is no model or no picture. */
  readonly onStart?: () => void;
}

type Name = keyof AskedSaliencySettings;

const typed: readonly (Typed & { readonly name: Name })[] = [
  { name: 'mean', label: 'mean', otherwise: '0' },
  { name: 'std', label: 'standard deviation', otherwise: '1' },
  { name: 'outputIndex', label: 'output number', otherwise: 'the largest', least: 0 },
];

const chosen = [
  { name: 'range', label: 'range', otherwise: '0-1', choices: ['0-255', '-1-1'] },
  { name: 'order', label: 'channels', otherwise: 'RGB', choices: ['BGR'] },
] as const;

/** Which pixels of pictures an output of the model depends on; nothing before a picture was dropped. */
export function Saliency({ study, settings, onChange, onStart }: SaliencyProps) {
  const { state, controls } = study;
  if (state.phase === 'empty' && !onStart) return null;
  const set = (name: Name, value: string | number | undefined): void =>
    onChange({ ...settings, [name]: value });
  return (
    <section aria-label="Saliency">
      <h2>What the model looks at, with its own weights</h2>
      <details class="settings">
        <summary>How pictures become inputs</summary>
        <form
          onSubmit={event => {
            event.preventDefault();
            onStart?.();
          }}
        >
          {typed.map(one => (
            <Field
              key={one.name}
              {...one}
              value={settings[one.name]}
              onChange={value => set(one.name, value)}
            />
          ))}
          {chosen.map(one => (
            <Choice
              key={one.name}
              {...one}
              value={settings[one.name]}
              onChange={value => set(one.name, value)}
            />
          ))}
          <button disabled={!onStart}>Compute again</button>
        </form>
      </details>
      <Status state={state} controls={controls} pausable={false} />
      {state.found && <Pictures label="Saliency maps" found={state.found} />}
      {state.found && <Downloads label="Files of saliency maps" files={state.found.files} />}
    </section>
  );
}
