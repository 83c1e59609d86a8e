import { watchEffect } from "vue";
import { useI18n } from "vue-i18n";
import { type Language, rememberLanguage } from "../i18n";

/** The language of this screen; the page's `lang` and what this browser remembers follow it. */
export function useLanguage() {
  const { locale } = useI18n();
  watchEffect(() => {
    document.documentElement.lang = locale.value;
  });
  return {
    language: locale,
    toggle(): void {
      const next: Language = locale.value === "en" ? "zh-CN" : "en";
      locale.value = next;
      rememberLanguage(next);
    },
  };
}
