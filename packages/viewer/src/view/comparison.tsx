import type { DirectionSettings } from '@nads/study';
import { useEffect, useState } from 'preact/hooks';
import type { Compared, ResultFile, SavedResult } from '../study/messages.js';
import { Choice, Field } from './fields.js';
import { Pictures } from './pictures.js';
import { modelName } from './model-name.js';
import { shippedModel } from './shipped-models.js';
import { useStudy, type Study } from './use-study.js';

/** What a comparison needs. */
interface ComparisonProps {
  readonly kept: SavedResult;
  readonly result: SavedResult;
  /** Models that were on the page. */
  readonly models: readonly ResultFile[];
}

/** How much two results agree: their leading directions together, and one at a time. */
export function Comparison({ kept, result, models }: ComparisonProps) {
  const study = useStudy();
  const { compared, failure } = study.state;

  useEffect(() => {
    let isOver = false;
    const results = [{ ...kept, name: `${kept.name} (kept)` }, result] as const;
    void withShipped(models, results).then(all => {
      if (!isOver) study.controls.begin(result.name, { type: 'compare', results, models: all });
    });
    return () => {
      isOver = true;
    };
  }, [kept, result.files]);

  return (
    <section aria-label="Comparison">
      {compared && <Overlaps compared={compared} />}
      {compared && <Direction compared={compared} study={study} />}
      {failure && (
        <p role="alert" class="failure">
          {failure}
        </p>
      )}
    </section>
  );
}

/** Models, and those that come with nads where a result is of one that is not among them. */
async function withShipped(
  models: readonly ResultFile[],
  results: readonly SavedResult[],
): Promise<readonly ResultFile[]> {
  const names = new Set(results.map(modelName).filter(name => name !== undefined));
  const missing = [...names].filter(name => !models.some(model => model.name === name));
  const found = await Promise.all(missing.map(shippedModel));
  return [...models, ...found.filter(model => model !== undefined)];
}

function Overlaps({ compared: { names, subspaces } }: { readonly compared: Compared }) {
  return (
    <>
      <h2>
        {names[0]} and {names[1]}
      </h2>
      <div class="scrolling" tabIndex={0} role="region" aria-label="Overlaps">
        <table>
          <thead>
            <tr>
              <th scope="col">first</th>
              <th scope="col">overlap</th>
              <th scope="col">of random subspaces</th>
              <th scope="col">principal angles: smallest, median, largest</th>
            </tr>
          </thead>
          <tbody>
            {subspaces.map(({ top, overlap, chance, angles }) => (
              <tr key={top}>
                <th scope="row">{top}</th>
                <td>{overlap.toFixed(4)}</td>
                <td>{chance.toFixed(4)}</td>
                <td>{angles.map(angle => `${angle.toFixed(1)}°`).join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** One direction of both, and how both models respond along it. */
function Direction({
  compared,
  study: { state, controls },
}: {
  readonly compared: Compared;
  readonly study: Study;
}) {
  const [settings, setSettings] = useState<Partial<DirectionSettings>>({});
  const last = compared.directions - 1;
  const set = (name: keyof DirectionSettings) => (value: string | number | undefined) =>
    setSettings({ ...settings, [name]: value });

  useEffect(() => {
    controls.ask({ type: 'respond', settings: { index: 0, ...given(settings) } });
  }, [compared, settings]);

  return (
    <>
      <h3>One direction at a time</h3>
      <div class="fields">
        <Field
          label={`direction, 0 to ${last}`}
          otherwise="0"
          least={0}
          most={last}
          value={settings.index}
          onChange={set('index')}
        />
        <Choice
          label="weights"
          otherwise="of the first network drawn"
          choices={['file']}
          value={settings.weights}
          onChange={set('weights')}
        />
        <Field
          label="t up to"
          otherwise="the step"
          least={0}
          value={settings.reach}
          onChange={set('reach')}
        />
        <Field
          label="logit"
          otherwise="0"
          least={0}
          value={settings.outputIndex}
          onChange={set('outputIndex')}
        />
      </div>
      {state.found && <Pictures label="One direction" found={state.found} />}
    </>
  );
}

/** Without what is not set. */
const given = <T extends object>(settings: T): T =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
