export {
  DEFAULT_PORT,
  DEMO_ACCESS_TOKEN,
  DEMO_APP_SECRET,
  PortTaken,
  startSandbox,
  type Log,
  type Sandbox,
  type SandboxOptions,
} from './server.ts';
export {
  DEFAULT_SETTINGS,
  DEFAULT_WEBHOOK_URL,
  DEMO_NUMBER,
  type BusinessNumber,
  type Settings,
} from './model.ts';
export { encodeBody, signature } from './webhook/encode.ts';
