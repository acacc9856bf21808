/** Which Redis, and how it is connected to. */
export interface QueueServer {
  /** Its URL, without a password: redis://HOST:PORT, or rediss:// with encryption. */
  readonly queue: string;
  /** REDIS_USERNAME and REDIS_PASSWORD are read from it, which appear nowhere else; that of this process if not given. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds without an answer after which a connection counts as lost; 30 s if not given. */
  readonly silence?: number;
  /** Told in one line what does not end the work, such as that the connection is lost, and that it is there again. */
  readonly onWarning?: (text: string) => void;
}
