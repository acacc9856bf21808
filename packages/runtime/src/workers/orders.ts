/** What a worker sends back for a task. */
export type Answer = ({ readonly result: unknown } | { readonly failure: Error }) & {
  /** How long the task took. */
  readonly seconds: number;
};

/** What is sent to a worker: the service and the setup of a job before its tasks, and that the job is over. */
export type Order =
  | {
      readonly name: string;
      readonly setup: unknown;
      /** Not zero once the job is over, where memory is shared. */
      readonly over: Int32Array;
    }
  | { readonly task: unknown }
  | 'over'
  | 'close';

/** What tells of a worker. */
export interface WorkerEvents {
  readonly onAnswer: (answer: Answer) => void;
  /** The worker died. */
  readonly onError: (error: Error) => void;
}

/** A worker as its pool sees it. */
export interface WorkerPort {
  send(order: Order): void;
  /** Ends it after the run that it is in. */
  close(): Promise<void>;
}
