import { createServer, type Server } from 'node:http';
import { OptionError } from '@nads/linalg';
import type { QueueWorker } from '@nads/queue';

/** A number that Prometheus collects. */
interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly value: number;
}

/** Where metrics are served. */
export interface MetricsPlace {
  readonly host: string;
  readonly port: number;
}

/** Serves what a worker does at /metrics, in Prometheus's text format. */
export async function serveMetrics(
  worker: QueueWorker,
  { host, port }: MetricsPlace,
): Promise<Server> {
  const server = createServer(({ url }, response) => {
    if (url !== '/metrics') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(metricsText(worker));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new OptionError('metrics', `port ${port} is taken; choose another`)
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
  return server;
}

const metricsText = (worker: QueueWorker): string => metricsOf(worker).map(text).join('');

const text = ({ name, type, help, value }: Metric): string =>
  `# HELP nads_worker_${name} ${help}\n# TYPE nads_worker_${name} ${type}\nnads_worker_${name} ${value}\n`;

function metricsOf(worker: QueueWorker): Metric[] {
  const { threads, busy, done, failed, seconds, trouble } = worker.state();
  return [
    { name: 'threads', type: 'gauge', help: 'Tasks that it does at a time.', value: threads },
    { name: 'busy', type: 'gauge', help: 'Tasks that it is at.', value: busy },
    { name: 'tasks_done_total', type: 'counter', help: 'Tasks that it has done.', value: done },
    {
      name: 'tasks_failed_total',
      type: 'counter',
      help: 'Tasks that failed there.',
      value: failed,
    },
    {
      name: 'task_seconds_total',
      type: 'counter',
      help: 'Seconds of tasks that it has done.',
      value: seconds,
    },
    {
      name: 'in_trouble',
      type: 'gauge',
      help: '1 where it takes no tasks, as with a full disk.',
      value: trouble === undefined ? 0 : 1,
    },
  ];
}
