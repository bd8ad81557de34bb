import type { MiddlewareHandler } from 'hono';

/**
 * Lets through only requests for this machine's own names: a page of another site that points its
 * own name here (DNS rebinding) is refused with 403.
 */
export function onlyLocalHost(): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    const name = host.replace(/:\d+$/, '');
    if (name === '127.0.0.1' || name === 'localhost') return next();
    return c.json(
      {
        error: `The sandbox answers only to 127.0.0.1 and localhost, not to "${host}". Use http://127.0.0.1.`,
      },
      403,
    );
  };
}

/** Changes come as JSON only, which no page of another site can send without asking first. */
export function onlyJson(): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
    if (type === 'application/json') return next();
    return c.json(
      { error: 'Send the body as JSON with the header "Content-Type: application/json".' },
      415,
    );
  };
}

/**
 * Browsers say whose page a request comes from: another site's may not even read here, since
 * opening a stream already makes a customer. Programs say nothing and are let through.
 */
export function onlyOwnPages(): MiddlewareHandler {
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site') ?? 'none';
    if (site === 'same-origin' || site === 'none') return next();
    return c.json(
      { error: 'Only the sandbox’s own pages may call this from a browser. Open /phone.' },
      403,
    );
  };
}
