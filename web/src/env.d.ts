/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** `'1'` in a build made for the emulators, else empty; a constant, so that branches fall away. */
  readonly VITE_EMULATORS: '1' | '';
  readonly VITE_AUTH_PORT?: string;
  readonly VITE_FIRESTORE_PORT?: string;
  readonly VITE_FIREBASE_API_KEY?: string;
  readonly VITE_FIREBASE_PROJECT_ID?: string;
  readonly VITE_FIREBASE_AUTH_DOMAIN?: string;
  readonly VITE_FIREBASE_APP_ID?: string;
}

declare module '*.json?rest' {
  const messages: unknown;
  export default messages;
}

declare module '*.json?later' {
  const messages: unknown;
  export default messages;
}

declare module '*.json?ledger' {
  const messages: unknown;
  export default messages;
}

declare module '*.json?structured' {
  const messages: unknown;
  export default messages;
}
