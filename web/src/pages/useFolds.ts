import { nextTick, ref } from "vue";

/** The panels at the sides of a map, folded away to begin with on a narrow screen. @param resized after the map's room has changed */
export function useFolds(resized: () => void) {
  const noLeft = ref(matchMedia("(max-width: 56.25rem)").matches);
  const noRight = ref(noLeft.value);

  async function fold(side: "left" | "right"): Promise<void> {
    const folded = side === "left" ? noLeft : noRight;
    folded.value = !folded.value;
    await nextTick();
    resized();
  }

  return {
    noLeft,
    noRight,
    fold,
    async unfold(side: "left" | "right"): Promise<void> {
      if ((side === "left" ? noLeft : noRight).value) await fold(side);
    },
  };
}
