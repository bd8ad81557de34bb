/** The functions' own code in processes that die, over documents in memory, with Meta as a model. */
import { createHash } from 'node:crypto';
import {
  agentPath,
  channelPath,
  create,
  type DocumentData,
  type MediaFailure,
} from '@switchboard/domain';
import { aChannel, anAgent } from '@switchboard/domain/testing';
import {
  bringMedia,
  command,
  dispatch,
  drain,
  graphOf,
  ledger,
  memoryDatabase,
  nodeHash,
  pacing,
  storeOver,
  sweep,
  webhook,
  type MemoryDatabase,
  type Ports,
} from '@switchboard/functions/testing';
import { APP_SECRET, modelMeta, type Meta } from './meta.ts';
import {
  startProcess,
  type Call,
  type Chaos,
  type Ending,
  type Fate,
  type Process,
} from './process.ts';
import { simulation, type Simulation } from './simulation.ts';

/** The capabilities that run; a sabotage puts another in the place of one. */
export const CODE = { webhook, drain, dispatch, bringMedia, sweep, command, ledger };

/** What is made wrong on purpose, to see that it is found. */
export interface Sabotage {
  readonly code?: Partial<typeof CODE>;
  readonly database?: (database: MemoryDatabase) => MemoryDatabase;
  readonly ports?: (ports: Ports) => Ports;
}

/** How a world is. */
export interface Asked {
  readonly seed: number;
  readonly chaos: (world: Pick<World, 'simulation' | 'isCalm'>) => Chaos;
  readonly sabotage?: Sabotage;
  /** Share of what Meta and its media fail at. */
  readonly failing: number;
  readonly repeating: number;
  /** True: calls take their time by chance; else a millisecond each, and nobody overtakes. */
  readonly uneven: boolean;
  /** Told of every call that leaves a process. */
  readonly noted?: (step: number, call: Call, fate: Fate, at: number) => void;
}

/** The kinds of function that the platform runs, each in processes of its own. */
export type Service = 'webhook' | 'drain' | 'dispatch' | 'media' | 'sweep' | 'command';

export interface World {
  readonly simulation: Simulation;
  readonly database: MemoryDatabase;
  readonly meta: Meta;
  readonly code: typeof CODE;
  /** Bytes that the media store has, by our id. */
  readonly stored: ReadonlyMap<string, Buffer>;
  /** Errors that jobs ended with, other than those that a caller is told of. */
  readonly crashes: string[];
  readonly steps: () => number;
  run<T>(
    service: Service,
    job: (ports: Ports) => Promise<T>,
    ended?: (ending: Ending<T>) => void,
  ): void;
  /** From now on nothing dies and nothing fails. */
  calm(): void;
  isCalm(): boolean;
  get(path: string): DocumentData | null;
}

export const CHANNELS = ['100000000000001', '100000000000002'] as const;
export const START = Date.UTC(2026, 10, 22, 14, 0, 0);
/** Processes of each service at the same time. */
const PROCESSES: Readonly<Record<Service, number>> = {
  webhook: 3,
  drain: 2,
  dispatch: 3,
  media: 2,
  sweep: 1,
  command: 1,
};

/** The bytes behind one of Meta's media ids. */
export const bytesOf = (metaId: string): Buffer =>
  Buffer.concat([
    Buffer.from('ffd8ffe000104a4649460001', 'hex'),
    createHash('sha256').update(metaId).digest(),
  ]);

/** True for media that Meta says it has not, whoever asks. */
export const isGone = (metaId: string): boolean => metaId.endsWith('7');

export function aWorld(asked: Asked): World {
  const sim = simulation(asked.seed, START);
  const real = memoryDatabase();
  const database = asked.sabotage?.database?.(real) ?? real;
  const code = { ...CODE, ...asked.sabotage?.code };
  let calm = false;
  const isCalm = () => calm;
  const host = {
    simulation: sim,
    chaos: asked.chaos({ simulation: sim, isCalm }),
    delay: () => (asked.uneven ? unevenDelay(sim, calm) : 1),
    noted: (step: number, call: Call, fate: Fate) => asked.noted?.(step, call, fate, sim.now()),
    steps: 0,
  };
  const stored = new Map<string, Buffer>();
  const crashes: string[] = [];
  const secrets = {
    get: (name: string) =>
      Promise.resolve(name === 'identity-key' ? ['soak-identity-key'] : [APP_SECRET]),
  };
  const hash = nodeHash(secrets);
  const outage = { until: 0 };
  const failing = () => (calm ? 0 : asked.failing);
  const pools = new Map<Service, { process: Process; ports: Ports }[]>();

  const begin = (service: Service) => {
    const process = startProcess(service, host);
    const ports = asked.sabotage?.ports?.(portsOf(process)) ?? portsOf(process);
    return { process, ports };
  };
  const world: World = {
    simulation: sim,
    database,
    code,
    stored,
    crashes,
    steps: () => host.steps,
    meta: modelMeta(
      sim,
      {
        get failing() {
          return failing();
        },
        repeating: asked.repeating,
        away: () => sim.now() < outage.until,
      },
      (body, signature, answered) => {
        const request = { method: 'POST', url: '/whatsapp/webhook', signature, body };
        world.run(
          'webhook',
          (ports) => code.webhook(ports, [], request),
          (ending) => answered('value' in ending ? ending.value.status : null),
        );
      },
    ),
    run(service, job, ended = () => undefined) {
      const pool = pools.get(service) ?? [];
      pools.set(service, pool);
      const place = sim.between(0, PROCESSES[service] - 1);
      if (pool[place]?.process.alive !== true) pool[place] = begin(service);
      const { process, ports } = pool[place];
      process.run(
        () => job(ports),
        (ending) => {
          if ('failed' in ending && !isWeather(ending.failed))
            crashes.push(`${service}: ${String(ending.failed)}`);
          ended(ending);
        },
      );
    },
    calm: () => void (calm = true),
    isCalm,
    get: (path) => database.read(path).data,
  };

  function portsOf(process: Process): Ports {
    const { call } = process;
    const media = mediaOf(process);
    const clock = { now: sim.now, newId: sim.newId, wait: process.wait };
    const store = storeOver(
      database,
      (what, work, paths) => call(`store.${what}`, work, paths),
      process,
      sim.random,
    );
    return {
      store,
      pace: pacing({ store, clock }),
      graph: graphOf({
        check: (channelId) => call('graph.check', () => 'works' as const, [channelId]),
        async send(channelId, body) {
          const about = [String(body['biz_opaque_callback_data'])];
          const { answer, ms } = await call(
            'graph.send',
            () => world.meta.receive(channelId, body),
            about,
          );
          await process.wait(ms);
          return answer;
        },
      }),
      ...media,
      secrets,
      tasks: {
        drain: (id) => call('tasks.drain', () => enqueue('drain', id, 5), [id]),
        bringMedia: (id) => call('tasks.bringMedia', () => enqueue('media', id, 1), [id]),
        sweep: () => Promise.resolve(),
      },
      accounts: { apply: () => Promise.resolve() },
      hash,
      clock,
      log: {
        info: () => undefined,
        error: (event, { error } = {}) => {
          if (/TypeError|RangeError|ReferenceError|ValiError|SyntaxError/.test(String(error)))
            crashes.push(`${event}: ${String(error)}`);
        },
      },
    };
  }

  /** A task queue: at least once, and again after a failure as often as its configuration says. */
  function enqueue(service: 'drain' | 'media', id: string, tries: number): void {
    sim.after(sim.happens(0.1) ? sim.between(0, 20_000) : sim.between(1, 100), () =>
      world.run(
        service,
        (ports) => (service === 'drain' ? code.drain(ports, id) : code.bringMedia(ports, id)),
        (ending) => {
          if (!('value' in ending) && tries > 1)
            sim.after(2_000, () => enqueue(service, id, tries - 1));
        },
      ),
    );
  }

  function mediaOf({ call }: Process): Pick<Ports, 'source' | 'media'> {
    const failed = (failure: MediaFailure) => ({ kind: 'failed', failure }) as const;
    const bad = () => sim.happens(failing() / 3);
    return {
      source: {
        find: (_, metaId) =>
          call(
            'source.find',
            () => {
              if (isGone(metaId)) return failed('gone');
              if (bad()) return failed(sim.happens(0.5) ? 'unreachable' : 'refused');
              const sha256 = createHash('sha256').update(bytesOf(metaId)).digest('hex');
              const size = bytesOf(metaId).length;
              return { kind: 'found', url: metaId, mimeType: 'image/jpeg', size, sha256 } as const;
            },
            [metaId],
          ),
        open: (_, url) =>
          call(
            'source.open',
            () =>
              bad()
                ? failed('unreachable')
                : ({ kind: 'opened', bytes: pieces(call, url, bad) } as const),
            [url],
          ),
      },
      media: {
        async put(id, bytes) {
          const whole: Uint8Array[] = [];
          for await (const piece of bytes) whole.push(piece);
          await call(
            'media.put',
            () => {
              if (bad()) throw new Error('The bucket is away');
              stored.set(id, Buffer.concat(whole));
            },
            [id],
          );
        },
        open: () => Promise.resolve(null),
        remove: () => Promise.resolve(),
      },
    };
  }

  real.commit(
    [
      ...CHANNELS.map((id) => create(channelPath(id), { ...aChannel() })),
      create(agentPath('jonas'), { ...anAgent() }),
      create(agentPath('ravi'), { ...anAgent({ role: 'admin' }) }),
    ],
    new Map(),
  );
  if (asked.uneven) weather(world, outage);
  return world;
}

/** Bytes in pieces; they may break off, or be others than promised. */
async function* pieces(
  call: Process['call'],
  metaId: string,
  bad: () => boolean,
): AsyncGenerator<Uint8Array> {
  const whole = bytesOf(metaId);
  for (let at = 0; at < whole.length; at += 16)
    yield await call(
      'source.bytes',
      () => {
        if (bad()) throw new Error('The line broke');
        return bad() ? Buffer.alloc(3) : whole.subarray(at, at + 16);
      },
      [metaId],
    );
}

/** What a platform meets again: a database out of reach, rivals that were faster every time. */
const isWeather = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'Contended' || 'code' in error);

/** Now and then Meta can't be reached for half a minute. */
function weather({ simulation: sim, isCalm }: World, outage: { until: number }): void {
  sim.after(sim.between(60_000, 240_000), () => {
    if (isCalm()) return;
    outage.until = sim.now() + sim.between(1_000, 30_000);
    weather({ simulation: sim, isCalm } as World, outage);
  });
}

/** Mostly quick; now and then longer than any patience or lease. */
function unevenDelay({ random, between }: Simulation, calm: boolean): number {
  const kind = random();
  if (kind < 0.75) return between(0, 4);
  if (kind < 0.96) return between(4, 60);
  if (kind < 0.9995 || calm) return between(60, 700);
  return between(2_000, 100_000);
}
