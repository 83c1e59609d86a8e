import type { Ref } from "vue";
import { ApiProblem, api, type Session } from "../wire/api";
import type { Notice } from "./useNotices";

/** Ends the session, and says so when it could not be ended. */
export function useSignOut(session: Session, notice: Ref<Notice | null>, left: () => void): () => Promise<void> {
  return async () => {
    try {
      await api.signOut(session.csrf);
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 401)) {
        notice.value = { key: "top.signOutFailed" };
        return;
      }
    }
    left();
  };
}
