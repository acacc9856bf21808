/** A setting that is typed in. */
export interface Typed {
  readonly label: string;
  /** What stands there while it is empty. */
  readonly otherwise: string;
  /** The least number, where it is one. */
  readonly least?: number;
  readonly most?: number;
}

/** What a field needs. */
interface FieldProps extends Typed {
  readonly value: string | number | undefined;
  readonly onChange: (value: string | number | undefined) => void;
}

/** A field that is typed in; undefined while it is empty. */
export function Field({ label, otherwise, least, most, value, onChange }: FieldProps) {
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
        <input type="number" min={least} max={most} step="any" {...shared} />
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

/** A list to choose from; undefined where nothing is chosen. */
export function Choice({ label, otherwise, choices, value, onChange }: ChoiceProps) {
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
