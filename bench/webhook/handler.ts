/** The handler and its background, started for one project. */
import type { ChildProcess } from 'node:child_process';
import { hear, startHelper } from '../lib/processes.ts';
import type { FromServer } from './server.ts';

/** The running instances of a handler, taken together. */
export interface Handler {
  readonly ports: readonly number[];
  /** Drains that they have asked for so far. */
  readonly drains: () => number;
  /** What they logged as errors so far, with how often. */
  readonly troubles: () => ReadonlyMap<string, number>;
  /** CPU time that they have used so far, ms. */
  readonly cpu: () => Promise<number>;
  readonly stop: () => void;
}

/** Starts as many instances as asked and one worker, and brings their drains to it. */
export async function startHandler(project: string, instances: number): Promise<Handler> {
  const servers = Array.from({ length: instances }, () =>
    startHelper('webhook/server.ts', { BENCH_PROJECT: project }),
  );
  const worker = startHelper('webhook/worker.ts', { BENCH_PROJECT: project });
  let drains = 0;
  const troubles = new Map<string, number>();
  const hearServer = (message: FromServer): void => {
    if (message.kind === 'trouble')
      troubles.set(message.event, (troubles.get(message.event) ?? 0) + 1);
    if (message.kind !== 'drain') return;
    drains += 1;
    worker.send(message.receiptId);
  };
  for (const server of servers) server.on('message', hearServer);
  const ports = await Promise.all(servers.map(portOf));
  return {
    ports,
    drains: () => drains,
    troubles: () => troubles,
    cpu: async () => (await Promise.all(servers.map(cpuOf))).reduce((sum, ms) => sum + ms, 0),
    stop: () => [...servers, worker].forEach((helper) => helper.kill()),
  };
}

const portOf = (server: ChildProcess): Promise<number> =>
  hear(server, (message) => {
    const said = message as FromServer;
    return said.kind === 'listening' ? said.port : null;
  });

function cpuOf(server: ChildProcess): Promise<number> {
  const answer = hear(server, (message) => {
    const said = message as FromServer;
    return said.kind === 'cpu' ? said.ms : null;
  });
  server.send('cpu');
  return answer;
}
