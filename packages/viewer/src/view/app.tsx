import { useEffect, useRef, useState } from 'preact/hooks';
import type {
  AskedSaliencySettings,
  AskedSettings,
  ResultFile,
  SavedResult,
} from '../study/messages.js';
import type { EarlierResult } from '../study/earlier-results.js';
import { followOpened } from '../study/opened.js';
import type { ProcessorName } from '../study/processors.js';
import { Comparison } from './comparison.js';
import { Downloads } from './downloads.js';
import { Earlier, loadEarlier } from './earlier.js';
import type { Dropped } from './dropped-files.js';
import { Facts } from './facts.js';
import { kindOfDrop } from './kind-of-drop.js';
import { ModelPicker } from './model-picker.js';
import { Pictures } from './pictures.js';
import { Saliency } from './saliency.js';
import { Settings } from './settings.js';
import { Status } from './status.js';
import { useStudy } from './use-study.js';

/** Workers that draw networks; the page itself has little to do meanwhile. */
const workers = Math.min(8, navigator.hardwareConcurrency);

/** The page: a model is dropped, its NADs appear; a picture is dropped, what the model looks at appears. */
export function App() {
  const estimate = useStudy();
  const saliency = useStudy();
  useEffect(() => estimate.controls.prepare(), [estimate.controls]);
  const [settings, setSettings] = useState<AskedSettings>({});
  const [processor, setProcessor] = useState<ProcessorName>();
  const [preprocessing, setPreprocessing] = useState<AskedSaliencySettings>({});
  /** The one picked last, and all that were. */
  const [model, setModel] = useState<ResultFile>();
  const [models, setModels] = useState<readonly ResultFile[]>([]);
  const [pictures, setPictures] = useState<readonly ResultFile[]>([]);
  const [kept, setKept] = useState<SavedResult>();
  const [opened, setOpened] = useState<readonly Dropped[]>([]);
  /** Which of those is on the page; none once something else was asked for, which no change in a folder is to end. */
  const shown = useRef<number | undefined>(0);
  const [isOwn, setIsOwn] = useState(false);
  const { state } = estimate;

  function pick(dropped: Dropped): void {
    const found = kindOfDrop(dropped);
    if (found.model) remember(found.model);
    if (found.kind === 'pictures') explain(found.pictures, found.model ?? model);
    else if (found.kind === 'result')
      estimate.controls.begin(dropped.name, { type: 'show', result: dropped });
    else if (found.model) start(found.model);
  }

  function pickOwn(dropped: Dropped): void {
    if (kindOfDrop(dropped).kind !== 'pictures') show(undefined);
    pick(dropped);
  }

  function show(index: number | undefined): void {
    shown.current = index;
    setIsOwn(index === undefined);
  }

  function startOwn(of: ResultFile): void {
    show(undefined);
    start(of);
  }

  function remember(picked: ResultFile): void {
    if (picked.name !== model?.name) forgetPictures();
    setModel(picked);
    setModels(before => [...before.filter(({ name }) => name !== picked.name), picked]);
  }

  function forgetPictures(): void {
    setPictures([]);
    saliency.controls.clear();
  }

  function start(of: ResultFile): void {
    const { name, contents } = of;
    const asked = { name, bytes: contents as Uint8Array, settings, workers, processor };
    estimate.controls.begin(name, { type: 'start', asked });
  }

  async function openEarlier(result: EarlierResult): Promise<void> {
    show(undefined);
    const { openEarlier } = await loadEarlier();
    estimate.controls.begin(result.name, { type: 'show', result: await openEarlier(result) });
  }

  async function goOn(result: EarlierResult): Promise<void> {
    show(undefined);
    try {
      const { continued } = await loadEarlier();
      const asked = await continued(result, workers);
      remember({ name: asked.name, contents: asked.bytes });
      estimate.controls.begin(asked.name, { type: 'start', asked });
    } catch (error) {
      estimate.controls.refuse((error as Error).message);
    }
  }

  function explain(some: readonly ResultFile[], by: ResultFile | undefined): void {
    setPictures(some);
    const name = some.map(one => one.name).join(', ');
    if (!by)
      return saliency.controls.refuse(
        `${name}: drop a model first, or both together; pictures show what a model looks at`,
      );
    const { output } = settings;
    const asked = { model: by, pictures: some, settings: preprocessing, output };
    saliency.controls.begin(name, { type: 'explain', asked });
  }

  useEffect(
    () =>
      followOpened((result, index) => {
        setOpened(before => replaced(before, index, result));
        if (index === shown.current) pick(result);
      }),
    [],
  );

  /** What is on the page, where it has directions. */
  const result: SavedResult | undefined = state.found?.files.some(({ name }) => name === 'nads.npz')
    ? { name: state.name ?? 'result', files: state.found.files }
    : undefined;

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
        <ModelPicker onPick={pickOwn} />
        {opened.length > (isOwn ? 0 : 1) && (
          <nav aria-label="Opened">
            {opened.map((one, index) => (
              <button
                key={index}
                onClick={() => {
                  show(index);
                  pick(one);
                }}
              >
                {one.name}
              </button>
            ))}
          </nav>
        )}
        <Earlier
          isRunning={state.phase === 'running'}
          onOpen={result => void openEarlier(result)}
          onContinue={result => void goOn(result)}
        />
        <Settings
          settings={settings}
          outputs={state.facts?.outputs.map(({ name }) => name) ?? []}
          processor={processor}
          onProcessor={setProcessor}
          onChange={setSettings}
          onStart={model && (() => startOwn(model))}
        />
        <Saliency
          study={saliency}
          settings={preprocessing}
          onChange={setPreprocessing}
          onStart={pictures.length > 0 && model ? () => explain(pictures, model) : undefined}
        />
        <Status state={state} controls={estimate.controls} />
        {result && (
          <p>
            {kept ? (
              <button onClick={() => setKept(undefined)}>Stop comparing with {kept.name}</button>
            ) : (
              <button onClick={() => setKept(result)}>Compare what comes next with this</button>
            )}
          </p>
        )}
        {kept && result && state.phase === 'done' && kept.files !== result.files && (
          <Comparison kept={kept} result={result} models={models} />
        )}
        {state.found && <Pictures label="Result" found={state.found} />}
        {state.found && <Downloads label="Files" files={state.found.files} />}
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
