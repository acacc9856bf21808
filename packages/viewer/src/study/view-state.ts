import type { ModelFacts } from '@nads/study';
import type { Compared, Found, FromStudy } from './messages.js';

/** What the page shows of a study. */
export interface ViewState {
  readonly phase: 'empty' | 'running' | 'pausing' | 'paused' | 'done' | 'failed';
  /** The model's file. */
  readonly name?: string;
  readonly facts?: ModelFacts;
  readonly processor?: Omit<Extract<FromStudy, { readonly type: 'processor' }>, 'type'>;
  readonly progress?: Omit<Extract<FromStudy, { readonly type: 'progress' }>, 'type'>;
  readonly found?: Found;
  /** Why results do not survive the page. */
  readonly unkept?: string;
  readonly compared?: Compared;
  /** Why there is no result, in one line. */
  readonly failure?: string;
}

/** What happens to a study: what its worker tells, and what is asked of it. */
export type ViewEvent =
  | FromStudy
  | { readonly type: 'started'; readonly name: string }
  | { readonly type: 'pausing' | 'resumed' | 'stopped' | 'cleared' };

export const nothing: ViewState = { phase: 'empty' };

/** The state behind an event. */
export function after(state: ViewState, event: ViewEvent): ViewState {
  switch (event.type) {
    case 'started':
      return { phase: 'running', name: event.name };
    case 'cleared':
      return nothing;
    case 'compared':
      return { ...state, compared: event.compared };
    case 'facts':
      return { ...state, facts: event.facts };
    case 'processor':
      return { ...state, processor: event };
    case 'progress':
      return { ...state, progress: event };
    case 'found':
      return { ...state, found: event.found, failure: undefined };
    case 'unkept':
      return { ...state, unkept: event.why };
    case 'pausing':
      return { ...state, phase: 'pausing' };
    case 'resumed':
      return { ...state, phase: 'running' };
    case 'ended':
      return { ...state, phase: event.paused ? 'paused' : 'done' };
    case 'failed':
      return { ...state, phase: 'failed', failure: event.message };
    case 'stopped':
      return { ...state, phase: state.found ? 'done' : 'empty' };
  }
}
