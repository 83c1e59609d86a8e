import { useI18n } from "vue-i18n";
import { inWords } from "../state/age";
import type { Quantity } from "../state/measure";
import { centerZone } from "../state/zone";

/** Numbers, times and ages as this screen's language writes them. Times are the center's, whatever zone the kiosk is set to. */
export function useWords() {
  const { t, locale } = useI18n();
  const zone = centerZone();
  return {
    number: (n: number) => new Intl.NumberFormat(locale.value).format(n),
    age: (seconds: number) => {
      const { unit, n } = inWords(seconds);
      return t(`age.${unit}`, { n });
    },
    quantity: ({ value, unit, digits }: Quantity) => {
      const n = new Intl.NumberFormat(locale.value, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(value);
      return `${n} ${t(`unit.${unit}`)}`;
    },
    /** Hours and minutes. */
    shortTime: (ms: number) =>
      new Intl.DateTimeFormat(locale.value, {
        timeZone: zone,
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      }).format(ms),
    time: (ms: number) =>
      new Intl.DateTimeFormat(locale.value, {
        timeZone: zone,
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
        hourCycle: "h23",
      }).format(ms),
    date: (ms: number) =>
      new Intl.DateTimeFormat(locale.value, {
        timeZone: zone,
        month: locale.value === "en" ? "short" : "long",
        day: "numeric",
        weekday: "short",
      }).format(ms),
  };
}
