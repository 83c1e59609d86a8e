import { useI18n } from "vue-i18n";

/** Numbers in groups of three, as the language writes them. */
export function useNumbers() {
  const { locale } = useI18n({ useScope: "global" });
  return (n: number): string => n.toLocaleString(locale.value);
}
