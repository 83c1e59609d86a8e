import { ref } from "vue";
import type { usePlayback } from "./usePlayback";

/** The dialog of an export. Without a reason nothing is exported: it is asked for first, and the dialog opens once it is given. */
export function useExporting({ reason, askingReason }: ReturnType<typeof usePlayback>) {
  const exporting = ref(false);
  return {
    exporting,
    openExport(): void {
      exporting.value = true;
      if (!reason.value) askingReason.value = true;
    },
    closeReason(): void {
      askingReason.value = false;
      if (!reason.value) exporting.value = false;
    },
  };
}
