import { onUnmounted, ref } from "vue";
import { isGuarded, mayLeave } from "./leaving";

/** The path in the address bar; `go` changes it without loading the page anew, and the browser's back key works. */
export function usePath() {
  const path = ref(location.pathname);
  let allowed = false;
  const read = () => {
    path.value = location.pathname;
  };

  async function popped(): Promise<void> {
    if (allowed || !isGuarded() || location.pathname === path.value) {
      allowed = false;
      read();
      return;
    }
    // The browser has moved already: the address goes back to the page until the answer is known.
    history.pushState(null, "", path.value);
    allowed = await mayLeave();
    if (allowed) history.back();
  }

  addEventListener("popstate", popped);
  onUnmounted(() => removeEventListener("popstate", popped));

  return {
    path,
    async go(to: string): Promise<void> {
      if (isGuarded() && to !== path.value && !(await mayLeave())) return;
      history.pushState(null, "", to);
      read();
    },
  };
}
