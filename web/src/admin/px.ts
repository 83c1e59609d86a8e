import { ref } from "vue";

const scale = ref(rootScale());
addEventListener("resize", () => {
  scale.value = rootScale();
});

function rootScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/** Pixels at the usual root font as pixels on this screen, for the few lengths that Element Plus takes as numbers. */
export const px = (length: number): number => Math.round(length * scale.value);
