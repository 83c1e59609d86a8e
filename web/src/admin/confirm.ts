import { type InjectionKey, inject } from "vue";

export type Confirm = (title: string, body: string, yes: string) => Promise<boolean>;

/** Asks before something is taken away; AdminApp shows the one dialog. */
export const CONFIRM: InjectionKey<Confirm> = Symbol("confirm");

export function useConfirm(): Confirm {
  const confirm = inject(CONFIRM);
  if (!confirm) throw new Error("only pages under AdminApp have this");
  return confirm;
}
