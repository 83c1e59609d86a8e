import { useI18n } from "vue-i18n";
import { assessmentEn } from "../../i18n/assessment.en";
import { assessmentZhCN } from "../../i18n/assessment.zh-CN";
import { useAssessmentWords } from "../../panels/assessment/useAssessmentWords";

/** What the score page calls things, on a page that is loaded without it. */
export function useScoreWords() {
  const { mergeLocaleMessage } = useI18n({ useScope: "global" });
  mergeLocaleMessage("zh-CN", { assessment: assessmentZhCN });
  mergeLocaleMessage("en", { assessment: assessmentEn });
  return useAssessmentWords();
}
