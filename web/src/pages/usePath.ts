import { onUnmounted, ref } from "vue";

/** The path in the address bar; `go` changes it without loading the page anew, and the browser's back key works. */
export function usePath() {
  const path = ref(location.pathname);
  const read = () => {
    path.value = location.pathname;
  };
  addEventListener("popstate", read);
  onUnmounted(() => removeEventListener("popstate", read));

  return {
    path,
    go(to: string): void {
      history.pushState(null, "", to);
      read();
    },
  };
}
