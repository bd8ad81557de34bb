import type { Problem } from '@switchboard/domain';
import { inject, type InjectionKey } from 'vue';

/** What the fields of a sheet know of it. */
export interface Fields {
  /** Why a field can't be sent as it is, as far as its writer should hear that now. */
  readonly problemAt: (field: string) => Problem | null;
}

/** Provided by `StructuredSheet`. */
export const FIELDS: InjectionKey<Fields> = Symbol('fields of a sheet');

/** The {@link Fields} of the sheet that a component stands in. */
export function useFields(): Fields {
  const fields = inject(FIELDS);
  if (!fields) throw new Error('Fields stand inside StructuredSheet.');
  return fields;
}
