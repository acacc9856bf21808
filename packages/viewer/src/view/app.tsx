import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { AskedSettings, SavedResult } from '../study/messages.js';
import { followOpened } from '../study/opened.js';
import { StudyClient } from '../study/study-client.js';
import { after, nothing } from '../study/view-state.js';
import { Comparison } from './comparison.js';
import { Downloads } from './downloads.js';
import { Facts } from './facts.js';
import type { Dropped } from './dropped-files.js';
import { ModelPicker } from './model-picker.js';
import { Pictures } from './pictures.js';
import { Settings } from './settings.js';
import { Status } from './status.js';

/** Workers that draw networks; the page itself has little to do meanwhile. */
const workers = Math.min(8, navigator.hardwareConcurrency);

/** The page: a model is dropped, its NADs appear. */
export function App() {
  const [state, tell] = useReducer(after, nothing);
  const [settings, setSettings] = useState<AskedSettings>({});
  const [picked, setPicked] = useState<Dropped>();
  const [opened, setOpened] = useState<readonly Dropped[]>([]);
  /** Which of those is on the page. */
  const shown = useRef(0);
  const study = useRef<StudyClient | undefined>(undefined);

  function start(dropped: Dropped): void {
    const model = dropped.files.find(({ name }) => name.endsWith('.onnx'));
    const { name } = model ?? dropped;
    study.current?.stop();
    setPicked(dropped);
    tell({ type: 'started', name });
    study.current = new StudyClient(tell);
    if (!model) study.current.show(dropped);
    else study.current.start({ name, bytes: model.contents as Uint8Array, settings, workers });
  }

  useEffect(
    () =>
      followOpened((result, index) => {
        setOpened(before => replaced(before, index, result));
        if (index === shown.current) start(result);
      }),
    [],
  );

  /** What is on the page, where it has directions. */
  const result: SavedResult | undefined = state.found?.files.some(({ name }) => name === 'nads.npz')
    ? { name: state.name ?? 'result', files: state.found.files }
    : undefined;
  const { kept } = state;

  useEffect(() => {
    if (state.phase === 'done' && kept && result && kept.files !== result.files)
      study.current?.compare([kept, result]);
  }, [state.phase, kept, result?.files]);

  return (
    <>
      <header>
        <h1>Which directions does a network prefer?</h1>
        <p>
          Neural anisotropy directions of an ONNX model's architecture, computed on this page. Files
          do not leave it.
        </p>
      </header>
      <main>
        <ModelPicker onPick={start} />
        {opened.length > 1 && (
          <nav aria-label="Opened">
            {opened.map((one, index) => (
              <button
                key={index}
                onClick={() => {
                  shown.current = index;
                  start(one);
                }}
              >
                {one.name}
              </button>
            ))}
          </nav>
        )}
        <Settings
          settings={settings}
          outputs={state.facts?.outputs.map(({ name }) => name) ?? []}
          onChange={setSettings}
          onStart={picked && (() => start(picked))}
        />
        <Status
          state={state}
          onPause={() => (study.current?.pause(), tell({ type: 'pausing' }))}
          onResume={() => (study.current?.resume(), tell({ type: 'resumed' }))}
          onStop={() => (study.current?.stop(), tell({ type: 'stopped' }))}
        />
        {result && (
          <p>
            {kept ? (
              <button onClick={() => tell({ type: 'kept' })}>
                Stop comparing with {kept.name}
              </button>
            ) : (
              <button onClick={() => tell({ type: 'kept', result })}>
                Compare what comes next with this
              </button>
            )}
          </p>
        )}
        {state.compared && <Comparison compared={state.compared} />}
        {state.found && <Pictures found={state.found} />}
        {state.found && <Downloads files={state.found.files} />}
        {state.facts && <Facts facts={state.facts} />}
      </main>
    </>
  );
}

/** A list with another element at an index, up to one behind its end. */
function replaced<T>(list: readonly T[], index: number, element: T): T[] {
  const copy = [...list];
  copy[index] = element;
  return copy;
}
