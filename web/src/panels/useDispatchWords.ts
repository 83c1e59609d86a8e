import { useI18n } from "vue-i18n";
import { dispatchEn } from "../i18n/dispatch.en";
import { dispatchZhCN } from "../i18n/dispatch.zh-CN";
import { useWords } from "./words";

/** The words of dispatch, which come with the first card of an alarm. */
export function useDispatchWords() {
  const { t, te, locale, mergeLocaleMessage } = useI18n({ useScope: "global" });
  mergeLocaleMessage("zh-CN", { dispatch: dispatchZhCN });
  mergeLocaleMessage("en", { dispatch: dispatchEn });
  const words = useWords();
  return {
    t,
    te,
    locale,
    words,
    distance: (meters: number): string =>
      meters < 1000
        ? t("dispatch.meters", { n: words.number(Math.round(meters / 10) * 10) })
        : t("dispatch.kilometers", { n: words.number(Math.round(meters / 100) / 10) }),
    span: (seconds: number): string =>
      seconds < 90
        ? t("dispatch.seconds", { n: Math.round(seconds) })
        : t("dispatch.minutes", { n: Math.round(seconds / 60) }),
  };
}
