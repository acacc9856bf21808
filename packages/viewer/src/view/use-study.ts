import { useEffect, useMemo, useReducer } from 'preact/hooks';
import type { ToStudy } from '../study/messages.js';
import { StudyClient } from '../study/study-client.js';
import { after, nothing, type ViewEvent, type ViewState } from '../study/view-state.js';

/** A study of the page, one at a time. */
export interface Study {
  readonly state: ViewState;
  readonly controls: StudyControls;
}

/** What can be done with a study. */
export interface StudyControls {
  /** Starts the worker of the first study, which takes half a second, before somebody wants it. */
  readonly prepare: () => void;
  /** Begins a study in a new worker; the one before ends. */
  readonly begin: (name: string, message: ToStudy) => void;
  /** Says more to the worker of the study that was begun. */
  readonly ask: (message: ToStudy) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends it; what was found stays. */
  readonly stop: () => void;
  /** Ends it; nothing stays. */
  readonly clear: () => void;
  /** Shows why there is no study. */
  readonly refuse: (message: string) => void;
}

/** A study, which ends with the component that uses it. */
export function useStudy(): Study {
  const [state, tell] = useReducer(after, nothing);
  const controls = useMemo(() => controlsOf(tell), [tell]);
  useEffect(() => () => controls.stop(), [controls]);
  return { state, controls };
}

function controlsOf(tell: (event: ViewEvent) => void): StudyControls {
  let client: StudyClient | undefined;
  let spare: StudyClient | undefined;
  const end = (): void => {
    client?.stop();
    client = undefined;
  };
  const made = (): StudyClient => {
    const one = new StudyClient(message => {
      if (one === client) tell(message);
      else if (one === spare) spare = undefined; // it could not be started; the study will say why
    });
    return one;
  };
  return {
    prepare() {
      spare ??= made();
    },
    begin(name, message) {
      end();
      tell({ type: 'started', name });
      client = spare ?? made();
      spare = undefined;
      client.tell(message);
    },
    ask: message => client?.tell(message),
    pause() {
      client?.tell({ type: 'pause' });
      tell({ type: 'pausing' });
    },
    resume() {
      client?.tell({ type: 'resume' });
      tell({ type: 'resumed' });
    },
    stop() {
      end();
      spare?.stop();
      spare = undefined;
      tell({ type: 'stopped' });
    },
    clear() {
      end();
      tell({ type: 'cleared' });
    },
    refuse(message) {
      end();
      tell({ type: 'failed', message });
    },
  };
}
