import { createI18n } from "vue-i18n";
import { en } from "./en";
import { zhCN } from "./zh-CN";

export type Language = "zh-CN" | "en";

const REMEMBERED = "language";

/** The address bar decides, then what was chosen here last; Chinese otherwise. */
export function chooseLanguage(fromAddress: string | null, remembered: string | null): Language {
  const wanted = fromAddress ?? remembered ?? "zh-CN";
  return wanted.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

export function rememberedLanguage(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null; // Storage may be switched off on a kiosk: the choice then lives in the address only.
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // See rememberedLanguage.
  }
}

export function makeI18n(language: Language) {
  return createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: "zh-CN",
    messages: { "zh-CN": zhCN, en },
    missingWarn: false,
    fallbackWarn: false,
  });
}
