import { AreaTree } from "../state/areas";
import { api } from "../wire/api";
import { useLoaded } from "./useLoaded";

/** The viewer's areas, tried again until they come; `signedOut` when the session is over. */
export function useAreas(ready: (tree: AreaTree) => void, signedOut: () => void) {
  const { found, ...rest } = useLoaded(async () => new AreaTree(await api.areas()), ready, signedOut);
  return { tree: found, ...rest };
}
