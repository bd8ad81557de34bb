/** Vitest's global set-up of the projects that need the emulators: a sentence instead of a hundred refusals. */
export default function requireEmulators() {
  if (process.env.FIRESTORE_EMULATOR_HOST) return;
  throw new Error(
    'These tests need the emulators: run them with "npm test -- <stage>", for example "npm test -- rules".',
  );
}
