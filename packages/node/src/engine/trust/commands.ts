/** The commands about who is who (spec/local-api.md): profile, contacts, verification, vouches, introductions. */
import { groupedDigits, safetyNumber } from "@multichat/core";
import type { Crypto } from "@multichat/core/ports";
import type { PersonCard } from "@multichat/client/contract";
import { type AccountId, type Profile, type SpaceId, decodeAvatar, decodeVerificationCode, encodeAvatar, encodeVerificationCode, fromHex, limits, toHex } from "@multichat/protocol";
import type { AccountNode } from "../account-node-port.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import type { Space } from "../joining/spaces.ts";

export function createTrustCommands(deps: { node: AccountNode; crypto: Crypto; account: AccountId; now(): number }) {
  const { node, crypto, account: self } = deps;
  const { people, trust } = node;
  const { book, identities, introductions, keys, vouches } = trust;
  const sha256 = (bytes: Uint8Array): Uint8Array => crypto.sha256(bytes);

  function known(id: string): AccountId {
    if (!identities.isKnown(id as AccountId)) throw new Failure("not-found", "There is nobody here with this id.");
    return id as AccountId;
  }

  function other(id: string): AccountId {
    if (id === self) throw new Failure("bad-request", "That is you.");
    return known(id);
  }

  function card(account: AccountId): { person: PersonCard } {
    return { person: identities.card(account) };
  }

  function spaceWith(id: string, account: AccountId): Space {
    const space = node.spaces.get(id as SpaceId);
    if (space === null || space.row.state !== "member") throw new Failure("not-found", "There is no such workspace here.");
    if (!(space.replica.state()?.members.has(account) ?? false)) throw new Failure("not-found", `${people.person(account).name} does not belong to this workspace.`);
    return space;
  }

  /** What is signed by a device that has stopped, nobody may take. */
  function requireWriting(): void {
    const stopped = node.stopped();
    if (stopped !== null) throw new Failure("device-stopped", stopped);
  }

  function keyOf(account: AccountId): string {
    const key = keys.identityKey(account);
    if (key === null) throw new Failure("not-found", `The keys of ${people.person(account).name} have not arrived yet. They come when you share a workspace.`);
    return key;
  }

  /** @throws Failure when what was given is of somebody else */
  function compare(account: AccountId, method: "digits" | "qr", code: string | undefined): void {
    const { name } = people.person(account);
    if (method === "digits") {
      if (code === undefined) return;
      const digits = code.replace(/\D/g, "");
      if (digits.length !== 60) throw new Failure("bad-request", "A safety number has 60 digits.");
      if (digits !== safetyNumber(crypto, self, account)) {
        throw new Failure("verification-mismatch", `The numbers differ. This is not the account that ${name} has, or you two are not talking to each other directly. Compare them again in person.`);
      }
      return;
    }
    const scanned = code === undefined ? null : decodeVerificationCode(code, sha256);
    if (scanned === null || !scanned.ok) throw new Failure("bad-request", "That is no verification code. It begins with multichat://verify/#");
    if (scanned.value.account !== account) {
      const who = scanned.value.account === self ? "your own" : "another account's";
      throw new Failure("verification-other", `This is ${who} code, and not that of ${name}.`);
    }
    if (toHex(scanned.value.identityKey) !== keyOf(account)) {
      throw new Failure("verification-mismatch", `The keys of ${name} here are not those on their screen. Connect both devices, wait a moment, and scan again.`);
    }
  }

  function setAvatar(data: string | null): void {
    const image = data === null ? null : new Uint8Array(Buffer.from(data, "base64"));
    if (image !== null && image.length > limits.avatar) {
      throw new Failure("too-large", `An image may have at most ${limits.avatar / 1024} KiB; this one has ${Math.ceil(image.length / 1024)}. Make it smaller.`);
    }
    const read = decodeAvatar(encodeAvatar(image));
    if (!read.ok) throw new Failure("bad-request", `This cannot be your picture: ${read.error.replace(/^avatar: /, "")}. Use a PNG, JPEG or WebP image of at most ${limits.avatarSide} × ${limits.avatarSide} pixels.`);
    const record = people.setAvatar(image);
    if (record !== null) node.publish(record);
  }

  return {
    "account.set": ({ name, about, pronouns, avatar }) => {
      requireWriting();
      // Before anything is said: what is refused changes nothing.
      if (avatar !== undefined) setAvatar(avatar);
      const present: Profile = people.profile(self) ?? { name: people.person(self).name, about: null, pronouns: null };
      const profile: Profile = {
        name: name ?? present.name,
        about: about === undefined ? present.about : about === "" ? null : about,
        pronouns: pronouns === undefined ? present.pronouns : pronouns === "" ? null : pronouns,
      };
      const record = people.setProfile(profile);
      if (record !== null) node.publish(record);
      return card(self);
    },
    "person.get": ({ account }) => card(known(account)),
    "person.list": () => ({ people: identities.cards() }),
    "person.avatar": ({ account }) => {
      const image = people.avatar(known(account));
      if (image === null) return { avatar: null };
      const { type, width, height, bytes } = image;
      return { avatar: { type, width, height, data: Buffer.from(bytes).toString("base64") } };
    },
    "contact.list": () => ({ contacts: identities.cards(book.accounts()) }),
    "contact.name": ({ account, petname }) => {
      const named = other(account);
      book.name(named, petname === "" ? null : petname);
      return card(named);
    },
    "contact.safety-number": ({ account }) => {
      const of = other(account);
      return {
        digits: groupedDigits(safetyNumber(crypto, self, of)),
        code: encodeVerificationCode({ account: self, identityKey: fromHex(keyOf(self)) }, sha256),
        verified: identities.verification(of),
      };
    },
    "contact.verify": ({ account, method, code }) => {
      const of = other(account);
      compare(of, method, code);
      book.verify(of, { at: Math.floor(deps.now()), method, key: keyOf(of) });
      return card(of);
    },
    "contact.block": ({ account }) => {
      const of = other(account);
      book.block(of, Math.floor(deps.now()));
      return card(of);
    },
    "contact.unblock": ({ account }) => {
      const of = other(account);
      book.block(of, null);
      return card(of);
    },
    "contact.vouch": ({ account, space, claim, until = 0 }) => {
      requireWriting();
      const of = other(account);
      const found = spaceWith(space, of);
      const name = claim ?? people.nameOf(of).chosen;
      if (name === null) throw new Failure("bad-request", "Their name has not arrived yet. Say by which name you know them.");
      if (until !== 0 && until <= deps.now()) throw new Failure("bad-request", "This vouch would have ended already.");
      const record = vouches.sign(found, of, { claim: name, until });
      if (record !== null) node.publish(record, found);
      return card(of);
    },
    "contact.unvouch": ({ account, space }) => {
      requireWriting();
      const of = known(account);
      const found = spaceWith(space, self);
      const record = vouches.sign(found, of, null);
      if (record !== null) node.publish(record, found);
      return card(of);
    },
    "introduction.create": ({ account, to }) => {
      requireWriting();
      return { introduction: introductions.create(other(account), other(to)) };
    },
    "introduction.list": () => ({ introductions: introductions.list() }),
    "introduction.answer": ({ introduction, accept }) => {
      requireWriting();
      return { introduction: introductions.answer(introduction, accept) };
    },
  } satisfies Handlers;
}
