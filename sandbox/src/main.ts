import { optionsFrom } from './options.ts';
import { PortTaken, startSandbox, type Log, type Sandbox } from './server.ts';

const log: Log = (event, fields) => {
  console.log(JSON.stringify({ event, ...fields }));
};

function explain(error: unknown, port: number): string {
  if (error instanceof PortTaken)
    return `Port ${port} is taken, so the WhatsApp sandbox cannot start. Stop what uses it, or set SANDBOX_PORT to another port.`;
  return error instanceof Error ? error.message : String(error);
}

async function start(): Promise<Sandbox | null> {
  let port = 0;
  try {
    const options = optionsFrom(process.env);
    port = options.port;
    return await startSandbox({ ...options, log });
  } catch (error) {
    console.error(explain(error, port));
    process.exitCode = 1;
    return null;
  }
}

const sandbox = await start();
if (sandbox !== null) {
  console.log(
    `WhatsApp sandbox: Graph API at ${sandbox.url}, customer's phone at ${sandbox.url}/phone`,
  );
  const stop = (): void => void sandbox.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
