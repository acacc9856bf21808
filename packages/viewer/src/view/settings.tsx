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

/** A setting that is typed in; what stands there while it is empty. */
interface Typed {
  readonly name: keyof AskedSettings;
  readonly label: string;
  readonly otherwise: string;
  /** The least number, where it is one. */
  readonly least?: number;
}

const typed: readonly Typed[] = [
  { name: 'networks', label: 'networks', otherwise: 'until stable', least: 1 },
  { name: 'seed', label: 'seed', otherwise: '0', least: 0 },
  { name: 'step', label: 'step', otherwise: '100', least: 0 },
  { name: 'basis', label: 'basis', otherwise: 'pixels' },
  { name: 'init', label: 'initialisation', otherwise: 'of the layers' },
];

/** How directions are estimated; empty fields leave the choice to the estimator. */
export function Settings({ settings, outputs, onChange, onStart }: SettingsProps) {
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
        <button disabled={!onStart}>Estimate again</button>
      </form>
    </details>
  );
}

/** What a field needs. */
interface FieldProps extends Typed {
  readonly value: string | number | undefined;
  readonly onChange: (value: string | number | undefined) => void;
}

function Field({ label, otherwise, least, value, onChange }: FieldProps) {
  const isNumber = least !== undefined;
  const shared = {
    placeholder: otherwise,
    value: value ?? '',
    onInput: (event: Event) => {
      const text = (event.currentTarget as HTMLInputElement).value;
      onChange(text === '' ? undefined : isNumber ? Number(text) : text);
    },
  };
  return (
    <label>
      {label}
      {isNumber ? (
        <input type="number" min={least} step="any" {...shared} />
      ) : (
        <input {...shared} />
      )}
    </label>
  );
}

/** What a list of choices needs. */
interface ChoiceProps {
  readonly label: string;
  /** What is done where none is chosen. */
  readonly otherwise: string;
  readonly choices: readonly string[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, otherwise, choices, value, onChange }: ChoiceProps) {
  return (
    <label>
      {label}
      <select
        value={value ?? ''}
        onChange={event => onChange(event.currentTarget.value || undefined)}
      >
        <option value="">{otherwise}</option>
        {choices.map(choice => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </label>
  );
}
