import type { Identity } from "@multichat/client/contract";

/** Somebody of whom nothing but the name is known; only what matters to the test is said. */
export function anIdentity(of: Pick<Identity, "id" | "name"> & Partial<Identity>): Identity {
  return {
    you: false,
    petname: null,
    chosenName: of.name,
    about: null,
    pronouns: null,
    avatar: null,
    vouchedBy: [],
    verified: null,
    looksLike: null,
    contact: false,
    blocked: false,
    ...of,
  };
}
