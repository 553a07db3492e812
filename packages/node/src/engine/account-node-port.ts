/** What a node with an account needs, and what it offers to the commands (account-node.ts makes it). */
import type { BlobStore, Received } from "@multichat/core";
import type { Clock, Crypto, Links, LinksHandler, Random, Store, StoreError } from "@multichat/core/ports";
import type { Peer, Problem, Status } from "@multichat/client/contract";
import type { Sync } from "@multichat/net/sync";
import type { DeviceId, EventId } from "@multichat/protocol";
import type { Author } from "./conversation/author.ts";
import type { Contents } from "./conversation/contents.ts";
import type { Expiry } from "./conversation/expiry.ts";
import type { DeliveryMarks } from "./conversation/delivery-marks.ts";
import type { Forgetting } from "./joining/forgetting.ts";
import type { Files } from "./files/files.ts";
import type { Governance } from "./governing/governance.ts";
import type { Joins } from "./joining/joins.ts";
import type { Notices } from "./notifications/notices.ts";
import type { CallWake, WakeUp } from "./notifications/wake.ts";
import type { ItemPresenter } from "./notifications/present-items.ts";
import type { OwnAccount } from "./accounts/own-account.ts";
import type { OwnRecords } from "./accounts/own-records.ts";
import type { People } from "./trust/people.ts";
import type { Presenter } from "./conversation/present.ts";
import type { Presence } from "./presence/presence.ts";
import type { PrivateSide } from "./private/side.ts";
import type { Pushes } from "./conversation/pushes.ts";
import type { ReadPositions } from "./accounts/read-positions.ts";
import type { IndexOfMessages } from "./search/index-of-messages.ts";
import type { Space, Spaces } from "./joining/spaces.ts";
import type { Timekeeper } from "./timekeeper.ts";
import type { Trust } from "./trust/trust.ts";
import type { AccountKeys, DeviceKeys, KnownSpace } from "./vault.ts";

export interface AccountNodeDeps {
  store: Store;
  links: Links;
  clock: Clock;
  random: Random;
  crypto: Crypto;
  blobs: BlobStore;
  timekeeper: Timekeeper;
  device: DeviceKeys;
  account: AccountKeys;
  /** What is to be kept of the account is something else now. */
  keepAccount(change: Partial<AccountKeys>): void;
  /** Null once the person has confirmed the phrase. */
  phraseSeed(): Uint8Array | null;
  status(): Status;
  /** Spaces or their members changed: what must survive the database is written down anew. */
  remember(spaces: KnownSpace[]): void;
  /** What was remembered last. */
  known: readonly KnownSpace[];
  /** The device that this one continues. */
  replaces: DeviceId | null;
  /** This device belongs to some space now. */
  belongs(): void;
  /** Somebody looks here: an interface is connected. */
  isWatched(): boolean;
  callWake: CallWake;
  peerId(device: DeviceId): string;
  tellNow(): void;
  log(event: string, detail?: Record<string, string | number>): void;
}

export interface AccountNode extends Pick<OwnAccount, "logs" | "own" | "self" | "devices" | "seeds" | "linking"> {
  readonly handler: LinksHandler;
  readonly spaces: Spaces;
  readonly author: Author;
  readonly joins: Joins;
  readonly forgetting: Forgetting;
  readonly reading: ReadPositions;
  readonly people: People;
  readonly trust: Trust;
  /** Private channels, conversations, offers and requests. */
  readonly privates: PrivateSide;
  /** Who is there, who writes, who has read what. */
  readonly presence: Presence;
  readonly present: Presenter;
  readonly contents: Contents;
  readonly index: IndexOfMessages;
  readonly files: Files;
  readonly expiry: Pick<Expiry, "of">;
  readonly marks: DeliveryMarks;
  /** What the person is told of. */
  readonly notices: Notices;
  readonly items: ItemPresenter;
  readonly wake: WakeUp;
  readonly pushes: Pushes;
  /** Who may do what, and what follows when that changes. */
  readonly governance: Governance;
  /** Tells a joiner what became of the invite it proved. */
  answer: Sync["answer"];
  publish: OwnRecords["publish"];
  /** Tells everyone concerned of what this device wrote. */
  wrote(space: Space, received: Received): void;
  /** These are to be shown anew. */
  showAgain(space: Space, events: readonly EventId[]): void;
  /** Runs work that stores, on a timer: what fails there is dealt with. */
  guarded(work: () => void): void;
  /** A write failed inside the store: memory is brought back to what is on disk. */
  recover(error: StoreError): void;
  leave(space: Space): void;
  peers(): Peer[];
  addressesOf(device: DeviceId): string[];
  problems(): Problem[];
  stopped(): string | null;
  /** The transport is up. */
  start(): void;
  stop(): Promise<void>;
}
