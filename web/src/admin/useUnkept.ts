import { onMounted, onUnmounted } from "vue";
import { guardLeaving } from "../pages/leaving";
import { useConfirm } from "./confirm";
import { useAdmin } from "./useAdmin";

/** Asks before anything leaves a page that shows secrets nobody can ever see again. */
export function useUnkept(isUnkept: () => boolean): void {
  const { t } = useAdmin();
  const confirm = useConfirm();
  let end: () => void = () => {};

  function unloading(event: BeforeUnloadEvent): void {
    if (isUnkept()) event.preventDefault();
  }

  onMounted(() => {
    end = guardLeaving(
      async () => !isUnkept() || (await confirm(t("unkept.title"), t("unkept.body"), t("unkept.leave"))),
    );
    addEventListener("beforeunload", unloading);
  });
  onUnmounted(() => {
    end();
    removeEventListener("beforeunload", unloading);
  });
}
