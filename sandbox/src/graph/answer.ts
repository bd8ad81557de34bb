import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Fault, FaultOp } from '../control/faults.ts';
import type { World } from '../world/world.ts';
import { errorBody, graphError, invalidToken, type GraphError } from './errors.ts';

/** What the Graph endpoints work on. */
export interface GraphPorts {
  world: World;
  accessToken: string;
  /** A fresh `fbtrace_id`. */
  traceId: () => string;
  /** Resolves after so many milliseconds, or at once when the sandbox stops. */
  wait: (ms: number) => Promise<void>;
}

/** How long a hung request is held before the connection is given an end. */
const HANG_MS = 120_000;
const SLOW_MS = 5000;

/** A refusal with Meta's body and HTTP status. */
export const refuse = (c: Context, ports: GraphPorts, error: GraphError): Response =>
  c.json(errorBody(error, ports.traceId()), error.httpStatus as ContentfulStatusCode);

/** Lets through only requests with the access token; any other is refused with code 190. */
export function onlyWithToken(ports: GraphPorts): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.header('authorization') === `Bearer ${ports.accessToken}`) return next();
    return refuse(c, ports, invalidToken());
  };
}

/** Runs a call under the fault in force: instead of it, after it, late, or with no answer at all. */
export async function withFault(
  c: Context,
  ports: GraphPorts,
  op: FaultOp,
  run: (fault: Fault | null) => Response,
): Promise<Response> {
  const fault = ports.world.takeFault(op);
  if (fault === null || fault.mode === 'fail-later') return run(fault);
  if (fault.mode === 'error')
    return refuse(c, ports, graphError(fault.code, undefined, fault.httpStatus ?? undefined));
  if (fault.mode === 'slow') {
    await ports.wait(fault.delay ?? SLOW_MS);
    return run(fault);
  }
  if (fault.mode === 'timeout-after-accept') run(fault);
  await Promise.race([ports.wait(fault.delay ?? HANG_MS), hungUp(c)]);
  return refuse(c, ports, graphError(2, undefined, 503));
}

function hungUp(c: Context): Promise<void> {
  return new Promise((resolve) => {
    c.req.raw.signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
