const link = /multichat:\/\/join\/?#[^\s<>"'）)\]]+/iu;

/** The invite link in a pasted message; whatever else was pasted is handed on, so that it can be judged in words. */
export function inviteLinkIn(pasted: string): string {
  return link.exec(pasted)?.[0] ?? pasted.trim();
}

export function hasInviteLink(pasted: string): boolean {
  return link.test(pasted);
}
