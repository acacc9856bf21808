import type { AskedSettings } from '../study/messages.js';

/** What the form needs. */
interface SettingsProps {
  readonly settings: AskedSettings;
  /** Outputs of the model, to choose from where there are several. */
  readonly outputs: readonly string[];
  readonly onChange: (settings: AskedSettings) => void;
  /** Begins again with these settings; undefined before a model was picked. */
  readonly onStart?: () => void;
}

const numberOf = (text: string): number | undefined => (text === '' ? undefined : Number(text));
const textOf = (text: string): string | undefined => text || undefined;

/** How directions are estimated; empty fields leave the choice to the estimator. */
export function Settings({ settings, outputs, onChange, onStart }: SettingsProps) {
  const set = (changes: Partial<AskedSettings>): void => onChange({ ...settings, ...changes });
  return (
    <details class="settings">
      <summary>Settings</summary>
      <form
        onSubmit={event => {
          event.preventDefault();
          onStart?.();
        }}
      >
        <label>
          networks
          <input
            type="number"
            min="1"
            placeholder="until stable"
            value={settings.networks ?? ''}
            onInput={event => set({ networks: numberOf(event.currentTarget.value) })}
          />
        </label>
        <label>
          seed
          <input
            type="number"
            min="0"
            placeholder="0"
            value={settings.seed ?? ''}
            onInput={event => set({ seed: numberOf(event.currentTarget.value) })}
          />
        </label>
        <label>
          step
          <input
            type="number"
            min="0"
            step="any"
            placeholder="100"
            value={settings.step ?? ''}
            onInput={event => set({ step: numberOf(event.currentTarget.value) })}
          />
        </label>
        <label>
          basis
          <input
            placeholder="pixels"
            value={settings.basis ?? ''}
            onInput={event => set({ basis: textOf(event.currentTarget.value) })}
          />
        </label>
        <label>
          initialisation
          <input
            placeholder="of the layers"
            value={settings.init ?? ''}
            onInput={event => set({ init: textOf(event.currentTarget.value) })}
          />
        </label>
        <label>
          last layer
          <select
            value={settings.head ?? ''}
            onChange={event =>
              set({ head: textOf(event.currentTarget.value) as AskedSettings['head'] })
            }
          >
            <option value="">averaged over where possible</option>
            <option value="sampled">sampled</option>
          </select>
        </label>
        {outputs.length > 1 && (
          <label>
            output
            <select
              value={settings.output ?? ''}
              onChange={event => set({ output: textOf(event.currentTarget.value) })}
            >
              <option value="">the logits</option>
              {outputs.map(name => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <button disabled={!onStart}>Estimate again</button>
      </form>
    </details>
  );
}
