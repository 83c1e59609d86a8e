import { onMounted, onUnmounted } from "vue";
import { guardLeaving } from "../pages/leaving";
import { useConfirm } from "./confirm";
import { useAdmin } from "./useAdmin";

/** Asks before anything leaves a page that shows secrets nobody can ever see again, or, in other words, has changes that are not stored. */
export function useUnkept(isUnkept: () => boolean, words = "unkept"): void {
  const { t } = useAdmin();
  const confirm = useConfirm();
  let end: () => void = () => {};

  function unloading(event: BeforeUnloadEvent): void {
    if (isUnkept()) event.preventDefault();
  }

  onMounted(() => {
    end = guardLeaving(
      async () => !isUnkept() || (await confirm(t(`${words}.title`), t(`${words}.body`), t(`${words}.leave`))),
    );
    addEventListener("beforeunload", unloading);
  });
  onUnmounted(() => {
    end();
    removeEventListener("beforeunload", unloading);
  });
}
