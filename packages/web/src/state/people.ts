/** Who somebody is, as far as the lists say, and their pictures. */
import type { Id, Identity, Member } from "@multichat/client/contract";
import type { App, AppState } from "./store.ts";

const byList = new WeakMap<readonly Member[], Map<Id, Member>>();

/** A member of this workspace; undefined while its members have not been fetched. */
export function memberOf(state: AppState, space: Id, account: Id): Member | undefined {
  return findMember(state.members[space], account);
}

export function findMember(members: readonly Member[] | undefined, account: Id): Member | undefined {
  if (!members) return undefined;
  let known = byList.get(members);
  if (!known) {
    known = new Map(members.map((member) => [member.id, member]));
    byList.set(members, known);
  }
  return known.get(account);
}

/** Somebody in any workspace whose members have been fetched. */
export function findIdentity(state: AppState, account: Id): Identity | undefined {
  for (const space of Object.keys(state.members)) {
    const member = memberOf(state, space, account);
    if (member) return member;
  }
  return undefined;
}

/** Fetches the picture that `avatar` stands for, once. */
export async function loadPicture(app: App, account: Id, avatar: string): Promise<void> {
  if (avatar in app.store.getState().pictures) return;
  const keep = (picture: string | null) => app.store.setState((s) => ({ pictures: { ...s.pictures, [avatar]: picture } }));
  keep(null);
  try {
    const { avatar: image } = await app.client.call("person.avatar", { account });
    if (image) keep(`data:${image.type};base64,${image.data}`);
  } catch {
    // Initials stand in for it; it is asked for again when it is next shown.
    app.store.setState((s) => {
      const { [avatar]: _missing, ...pictures } = s.pictures;
      return { pictures };
    });
  }
}
