/** Who is who (spec/local-api.md, spec/10-trust.md): profiles, contacts, verification, vouches, introductions. */
import type { Id, Person } from "./model.ts";

/** That this account made sure of who somebody is. */
export interface Verification {
  at: number;
  method: "digits" | "qr";
  /** The account has other keys now: to be compared again. */
  keysChanged: boolean;
}

/** Who somebody is, as far as this account can tell. `name` is the petname, else the name they chose. */
export interface Identity extends Person {
  you: boolean;
  /** This account's own name for them; nobody else sees it. */
  petname: string | null;
  /** What they call themselves; null until their profile has arrived. */
  chosenName: string | null;
  about: string | null;
  pronouns: string | null;
  /** Another text for another image; `person.avatar` has the image. Null if there is none. */
  avatar: string | null;
  /** Who vouches for the name they chose, those known best first: "Ana (vouched for by Bob)". At most three. */
  vouchedBy: Person[];
  verified: Verification | null;
  /** Better known, and with a name that looks the same: this may be somebody in disguise. */
  looksLike: Id | null;
  /** Named, verified or introduced. */
  contact: boolean;
  /** Hidden from this account's view. */
  blocked: boolean;
}

export interface Vouch {
  by: Person;
  /** To whose members it is shown. */
  space: Id;
  /** The name by which they know them; may be another than they use now. */
  claim: string;
  /** 0 = no end. */
  until: number;
  at: number;
}

export interface PersonCard extends Identity {
  vouches: Vouch[];
  /** Workspaces both belong to. */
  spaces: Id[];
}

export interface Avatar {
  type: "image/png" | "image/jpeg" | "image/webp";
  width: number;
  height: number;
  /** Base64. */
  data: string;
}

export interface Introduction {
  id: string;
  /** `received`: somebody introduces this account to another; `made`: this account introduced two others. */
  role: "received" | "made";
  by: Person;
  /** To whom this account is introduced, by the name the introducer knows them by; or the two it introduced. */
  people: (Person & { accepted: boolean | null })[];
  /** This account's own answer; null while it waits for one, and for those it made. */
  answer: boolean | null;
  until: number;
  /** `open` until all have answered; `done` once both accepted. */
  state: "open" | "done" | "declined" | "expired";
}

export interface TrustCommands {
  /** Changes what is given; null takes it away. `avatar`: base64 of a PNG, JPEG or WebP image of at most 32 KiB and 1,024 pixels a side. */
  "account.set": [
    { name?: string; about?: string | null; pronouns?: string | null; avatar?: string | null },
    { person: PersonCard },
  ];

  "person.get": [{ account: Id }, { person: PersonCard }];
  /** Everybody this node knows of: members of the same workspaces and contacts, this account included. */
  "person.list": [Record<string, never>, { people: PersonCard[] }];
  "person.avatar": [{ account: Id }, { avatar: Avatar | null }];

  /** Named, verified, introduced or blocked. */
  "contact.list": [Record<string, never>, { contacts: PersonCard[] }];
  /** An empty petname takes it away. */
  "contact.name": [{ account: Id; petname: string }, { person: PersonCard }];
  /** What both compare: 60 digits, and the code that this account shows the other to scan. */
  "contact.safety-number": [{ account: Id }, { digits: string; code: string; verified: Verification | null }];
  /** `code`: the digits as the other has them, or the code scanned from their screen; needed for `qr`. */
  "contact.verify": [{ account: Id; method: "digits" | "qr"; code?: string }, { person: PersonCard }];
  "contact.block": [{ account: Id }, { person: PersonCard }];
  "contact.unblock": [{ account: Id }, { person: PersonCard }];
  /** Tells the members of a workspace by which name one knows somebody. `claim`: without it the name they chose; `until`: 0 or absent = no end. */
  "contact.vouch": [{ account: Id; space: Id; claim?: string; until?: number }, { person: PersonCard }];
  "contact.unvouch": [{ account: Id; space: Id }, { person: PersonCard }];

  "introduction.create": [{ account: Id; to: Id }, { introduction: Introduction }];
  "introduction.list": [Record<string, never>, { introductions: Introduction[] }];
  "introduction.answer": [{ introduction: string; accept: boolean }, { introduction: Introduction }];
}

export interface TrustPushes {
  /** Contacts, profiles or introductions changed: list again. `requests`: introductions that wait for this account's answer. */
  people: { requests: number };
}
