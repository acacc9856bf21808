import { isContentHash, contentHash } from '../data/content-hash.js';

/** What Redis holds of a task. */
export interface TaskRecord {
  readonly service: string;
  /** Addresses of the setup of its job and of the task itself. */
  readonly setup: string;
  readonly task: string;
  /** Which program it is for. */
  readonly program: string;
  /** For people: the task itself where it is short. */
  readonly label: string;
}

/** The address of a task's result: the same for all who ask for the same. */
export const taskKey = ({ service, setup, task, program }: TaskRecord): string =>
  contentHash(JSON.stringify([program, service, setup, task]));

/** A record out of what Redis says. @throws where it is none */
export function taskRecord(value: unknown): TaskRecord {
  const record = (value ?? {}) as Partial<Record<keyof TaskRecord, unknown>>;
  const { service, setup, task, program, label } = record;
  const isWhole = isContentHash(setup) && isContentHash(task);
  if (isWhole && [service, program, label].every(text => typeof text === 'string'))
    return { setup, task, service, program, label } as TaskRecord;
  throw new Error('this is no record of a task');
}

const mostShown = 80;

/** A task in words, for messages: what is in arrays is left out. */
export function taskLabel(task: unknown): string {
  const text = JSON.stringify(task, brief) ?? '';
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

function brief(_: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return '…';
  return typeof value === 'bigint' ? `${value}` : value;
}

/** A task in words. */
export const describeTask = ({ service, label }: TaskRecord): string => `${service} ${label}`;
