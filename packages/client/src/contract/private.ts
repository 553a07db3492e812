/** Private channels, direct conversations and requests (spec/local-api.md, spec/11-private-spaces.md). */
import type { Channel, Id, Person, Space } from "./model.ts";

/** What a Space is, besides a workspace: a private channel of one, or a conversation. */
export interface SpaceNature {
  kind: "team" | "private" | "direct";
  /** Of a private channel: its workspace. `name` is null where this account may not know it. */
  parent: { id: Id; name: string | null } | null;
  /** Of a conversation: who is in it besides this account. */
  people: Person[];
  /** Of a conversation: it began with more than two people, and more can be added. */
  group: boolean;
  /** Another conversation of the same people counts: this one can be read, not written. */
  replacedBy: Id | null;
}

/** A conversation offered by somebody with whom this account shares nothing. They are told nothing until it is accepted. */
export interface MessageRequest {
  id: Id;
  /** By the name they say they have. */
  from: Person;
  /** How many people are in it, this account included. */
  people: number;
  introducedBy: Person | null;
  at: number;
}

/** A private channel or a conversation, with the channel to write in. */
export interface PrivatePlace {
  space: Space;
  channel: Channel;
}

export interface PrivateCommands {
  /** The conversation with these people, made if there is none. */
  "dm.open": [{ accounts: Id[] }, PrivatePlace];
  /** Lets people into a conversation of more than two; from one of two, opens one with all of them. */
  "dm.add": [{ space: Id; accounts: Id[] }, PrivatePlace];
  /** A channel for these members of the workspace alone. `showParent`: guests learn the workspace's name. */
  "private.create": [{ space: Id; name: string; topic?: string; members: Id[]; showParent?: boolean }, PrivatePlace];
  /** Lets more members of the workspace into a private channel. */
  "private.add": [{ space: Id; accounts: Id[] }, PrivatePlace];
  /** A private channel of the same name in place of this one, which is archived. `notice`: what others have seen of it already. */
  "channel.make-private": [{ channel: Id; members: Id[] }, PrivatePlace & { notice: string }];
  "request.list": [Record<string, never>, { requests: MessageRequest[] }];
  /** Enters the conversation; it appears when somebody in it is reached. */
  "request.accept": [{ request: Id }, { space: Id }];
  "request.decline": [{ request: Id; block?: boolean }, Record<string, never>];
}

export interface PrivatePushes {
  /** List them again. */
  requests: { requests: number };
}
