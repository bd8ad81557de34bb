/**
 * The work's outcome where it comes within `ms`, else what `late` answers or throws. The work itself
 * goes on: nobody can call back what was asked of a database.
 */
export async function inTime<T, L>(work: Promise<T>, ms: number, late: () => L): Promise<T | L> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  // What comes after that has nobody who waits for it, its failure included.
  const outcome = work.then((value) => ({ value }));
  outcome.catch(() => undefined);
  try {
    const first = await Promise.race([outcome, patience]);
    return first === 'late' ? late() : first.value;
  } finally {
    clearTimeout(timer);
  }
}
