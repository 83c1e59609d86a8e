import type { AccountRole } from "../../wire/contracts.gen";

/** From the one that sees least to the one that may do most. */
export const ACCOUNT_ROLES: readonly AccountRole[] = ["wall", "dispatcher", "supervisor", "administrator"];
