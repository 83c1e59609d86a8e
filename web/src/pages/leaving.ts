const guards = new Set<() => Promise<boolean>>();

/** Something on the page that leaving would lose: `ask` is asked before the path changes, until the returned function is called. */
export function guardLeaving(ask: () => Promise<boolean>): () => void {
  guards.add(ask);
  return () => guards.delete(ask);
}

export const isGuarded = (): boolean => guards.size > 0;

export async function mayLeave(): Promise<boolean> {
  for (const ask of guards) if (!(await ask())) return false;
  return true;
}
