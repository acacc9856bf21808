import type { AskedSettings } from '../study/messages.js';
import type { ProcessorName } from '../study/processors.js';
import { Choice, Field, type Typed } from './fields.js';

/** What the form needs. */
interface SettingsProps {
  readonly settings: AskedSettings;
  /** Outputs of the model, to choose from where there are several. */
  readonly outputs: readonly string[];
  /** What runs networks; WebAssembly if not given. */
  readonly processor?: ProcessorName;
  readonly onProcessor: (processor: ProcessorName | undefined) => void;
  readonly onChange: (settings: AskedSettings) => void;
  /** Begins again with these settings; undefined before a model was picked. */
  readonly onStart?: () => void;
}

const typed: readonly (Typed & { readonly name: keyof AskedSettings })[] = [
  { name: 'networks', label: 'networks', otherwise: 'until stable', least: 1 },
  { name: 'seed', label: 'seed', otherwise: '0', least: 0 },
  { name: 'step', label: 'step', otherwise: '100', least: 0 },
  { name: 'basis', label: 'basis', otherwise: 'pixels' },
  { name: 'size', label: 'size', otherwise: 'as the file says' },
  { name: 'init', label: 'initialisation', otherwise: 'of the layers' },
];

/** How directions are estimated; empty fields leave the choice to the estimator. */
export function Settings(props: SettingsProps) {
  const { settings, outputs, processor, onProcessor, onChange, onStart } = props;
  const set = (name: keyof AskedSettings, value: string | number | undefined): void =>
    onChange({ ...settings, [name]: value });
  return (
    <details class="settings">
      <summary>Settings</summary>
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
        <Choice
          label="last layer"
          otherwise="averaged over where possible"
          choices={['sampled']}
          value={settings.head}
          onChange={value => set('head', value)}
        />
        {outputs.length > 1 && (
          <Choice
            label="output"
            otherwise="the logits"
            choices={outputs}
            value={settings.output}
            onChange={value => set('output', value)}
          />
        )}
        <Choice
          label="processor"
          otherwise="WebAssembly: same bytes everywhere"
          choices={['WebGPU']}
          value={processor}
          onChange={value => onProcessor(value as ProcessorName | undefined)}
        />
        <button disabled={!onStart}>Estimate again</button>
      </form>
    </details>
  );
}
