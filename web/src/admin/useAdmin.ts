import { type InjectionKey, inject, type Ref } from "vue";
import { useI18n } from "vue-i18n";
import { inWords } from "../state/age";
import type { AdminApi } from "../wire/adminApi";
import { ApiProblem, type Session } from "../wire/api";
import { may, type Right } from "./rights";
import type { AreaBook } from "./useAreaBook";
import { now } from "./useNow";

/** What every page under /admin shares. */
export interface AdminContext {
  api: AdminApi;
  session: Ref<Session>;
  areas: AreaBook;
  go(path: string): void;
  /** The session is over: the sign-in page takes this one's place. */
  signedOut(): void;
}

/** Refusals whose detail, which is English, says where in a file to look: it stands for the words, or beside the Chinese ones. */
const EXACT = new Set(["bad-header", "not-csv", "not-geojson", "too-large", "too-many"]);

export const ADMIN: InjectionKey<AdminContext> = Symbol("admin");

export function useAdmin() {
  const context = inject(ADMIN);
  if (!context) throw new Error("only pages under AdminApp have this");
  return { ...context, ...useWords(), can: (right: Right) => may(context.session.value.role, right) };
}

/** The admin catalogue's words, and ages and refusals in them. */
export function useWords() {
  const { t: translate, te, locale } = useI18n({ useScope: "global" });
  const t = (key: string, values: Record<string, unknown> = {}): string => translate(`admin.${key}`, values);

  return {
    t,
    te,
    locale,
    /** The words of a key that comes from the server; the key itself when it is newer than this page. */
    word: (group: string, key: string): string => (te(`admin.${group}.${key}`) ? t(`${group}.${key}`) : key),
    age(iso: string | null | undefined): string {
      if (!iso) return "";
      const { unit, n } = inWords((now.value - Date.parse(iso)) / 1000);
      return translate("age.ago", { age: translate(`age.${unit}`, { n }) });
    },
    problemText(error: unknown): string {
      if (!(error instanceof ApiProblem)) return t("problem.failed", { detail: String(error) });
      if (error.status === 0) return t("problem.away");
      if (error.status === 429) return t("problem.wait", { n: error.retryAfterSeconds ?? 5 });
      const argument = error.reason === "bad-argument" ? /^'(\w+)/.exec(error.detail ?? "")?.[1] : null;
      if (argument && te(`admin.argument.${argument}`))
        return t("problem.argument", { what: t(`argument.${argument}`) });
      if (error.reason && te(`admin.reason.${error.reason}`)) {
        const words = t(`reason.${error.reason}`);
        if (!error.detail || !EXACT.has(error.reason)) return words;
        return locale.value === "en" ? error.detail : `${words}（${error.detail}）`;
      }
      if (error.status === 403) return t("problem.forbidden");
      if (error.status >= 502 && error.status <= 504) return t("problem.starting");
      return t("problem.failed", { detail: error.detail ?? String(error.status) });
    },
  };
}
