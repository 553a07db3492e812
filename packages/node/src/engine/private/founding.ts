/**
 * Founding private channels and direct conversations (spec/11-private-spaces.md): the genesis, and the control events that
 * follow it, in the order in which they are to be written.
 */
import { founderGrantId, inviteSeed, permissionSet, rootMessage, startingRoles } from "@multichat/core";
import type { Crypto, Random } from "@multichat/core/ports";
import { type AccountId, type ControlKind, type ControlPayload, type EventId, type SpaceId, encodeControlPayload } from "@multichat/protocol";
import { type Draft, draft } from "../conversation/author.ts";
import { type Founder, type Founding, foundSpace } from "../joining/founding.ts";

/** The role by whose grant people are let into a private channel. */
export const privateRole = "Member";
export const personRole = { rank: 2000, name: "Person", colour: "", permissions: permissionSet("send", "reply", "react", "attach", "pin", "mention-everyone", "manage-space") };
/** The one channel of a direct conversation. */
export const directChannel = "messages";

interface Deps {
  crypto: Crypto;
  random: Random;
}

/** Given the id of the first role of this name, what can be written only once there is one. */
export interface FoundingInSteps extends Founding {
  role: string;
  withRole(role: EventId): Draft[];
}

/** Whoever has the space's secret holds this invite (spec/11-private-spaces.md, The standing invite). */
export function standingInviteKey(crypto: Crypto, secret: Uint8Array): Uint8Array {
  return crypto.publicKey(inviteSeed(crypto, secret));
}

export function foundPrivate(
  deps: Deps,
  founder: Founder,
  channel: { name: string; parent: { id: SpaceId; rootKeys: Uint8Array[]; name: string | null }; members: readonly AccountId[] },
): FoundingInSteps {
  const { parent, name } = channel;
  const policy = new Map<string, string | number>([["name", name]]);
  if (parent.name !== null) policy.set("parent", parent.name);
  const founding = foundSpace(deps, founder, { kind: "private", policy, parents: [[parent.id, parent.rootKeys]] });
  const roles = startingRoles.map(({ rank, name: role, colour, permissions }) => draft("role.create", { rank, name: role, colour, permissions }));
  return {
    ...founding,
    drafts: [...roles, draft("channel.create", { name, type: "text" })],
    role: privateRole,
    withRole: (role) => channel.members.map((account) => draft("grant", { account, role })),
  };
}

/** All stand alike: what makes them so is signed by a key that nobody keeps. */
export function foundDirect(deps: Deps, founder: Founder, others: readonly AccountId[]): FoundingInSteps {
  const { crypto, random } = deps;
  const rootSeed = random.bytes(32);
  const policy = new Map<string, string | number>(others.length > 1 ? [["group", 1]] : []);
  const founding = foundSpace(deps, founder, { kind: "direct", policy, root: [[crypto.publicKey(rootSeed)], 1, random.bytes(32)] });

  function rooted<K extends ControlKind>(kind: K, payload: ControlPayload<K>): Draft {
    return {
      ...draft(kind, payload),
      rooted(at) {
        const message = rootMessage(crypto, founding.id as string as EventId, 0, { kind, payload } as never, at);
        return encodeControlPayload(kind, payload, { generation: 0, signatures: [[crypto.publicKey(rootSeed), crypto.sign(rootSeed, message)]] });
      },
    };
  }

  return {
    ...founding,
    drafts: [rooted("role.create", personRole), rooted("channel.create", { name: directChannel, type: "text" })],
    role: personRole.name,
    withRole: (role) => [
      ...(others.length > 1 ? [rooted("invite.create", { role, key: standingInviteKey(crypto, founding.secret), expires: 0, max: 0 })] : []),
      ...[founder.account.id, ...others].map((account) => rooted("grant", { account, role })),
      rooted("revoke", { grant: founderGrantId(crypto, founding.id as string as EventId) }),
    ],
  };
}
