/** The handler and its background, started for one project. */
import { hear, startHelper } from '../lib/processes.ts';
import type { FromServer } from './server.ts';

/** A running handler. */
export interface Handler {
  readonly port: number;
  /** Drains that it has asked for so far. */
  readonly drains: () => number;
  /** What it logged as errors so far, with how often. */
  readonly troubles: () => ReadonlyMap<string, number>;
  /** CPU time that the answering process has used so far, ms. */
  readonly cpu: () => Promise<number>;
  readonly stop: () => void;
}

/** Starts both processes and brings the one's drains to the other. */
export async function startHandler(project: string): Promise<Handler> {
  const server = startHelper('webhook/server.ts', { BENCH_PROJECT: project });
  const worker = startHelper('webhook/worker.ts', { BENCH_PROJECT: project });
  let drains = 0;
  const troubles = new Map<string, number>();
  server.on('message', (message: FromServer) => {
    if (message.kind === 'trouble')
      troubles.set(message.event, (troubles.get(message.event) ?? 0) + 1);
    if (message.kind !== 'drain') return;
    drains += 1;
    worker.send(message.receiptId);
  });
  const port = await hear(server, (message) => {
    const said = message as FromServer;
    return said.kind === 'listening' ? said.port : null;
  });
  const stop = (): void => {
    server.kill();
    worker.kill();
  };
  const cpu = (): Promise<number> => {
    const answer = hear(server, (message) => {
      const said = message as FromServer;
      return said.kind === 'cpu' ? said.ms : null;
    });
    server.send('cpu');
    return answer;
  };
  return { port, drains: () => drains, troubles: () => troubles, cpu, stop };
}
