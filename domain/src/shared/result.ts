/** The outcome of something that may be refused for a reason a caller must handle. Bugs throw instead. */
export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A successful {@link Result}. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

/** A refused {@link Result}. */
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });
