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
  type BusinessMessage,
  type BusinessNumber,
  type Customer,
  type JsonObject,
  type Settings,
} from './model.ts';
export { userIdOf, wamidOf } from './ids.ts';
export { inboundUpdate, statusUpdate, webhookBody } from './webhook/bodies.ts';
export { encodeBody, signature } from './webhook/encode.ts';
