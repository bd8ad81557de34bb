/** Marks the branch that no member of a union reaches; the compiler rejects the call when one does. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
