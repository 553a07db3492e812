/** What an account says of itself: the records `profile` and `avatar` (spec/07-records-and-invites.md, spec/10-trust.md). */
import { encode } from "./cbor/encode.ts";
import { bytesUpTo, map, nullOr, readAs, textOf } from "./cbor/read.ts";
import { type CborMap, type CborValue, FormatError } from "./cbor/value.ts";
import { type ImageKind, imageKind } from "./image.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

export interface Profile {
  name: string;
  /** Null: says nothing about it. */
  about: string | null;
  pronouns: string | null;
}

export interface Avatar extends ImageKind {
  bytes: Uint8Array;
}

export function encodeProfile({ name, about, pronouns }: Profile): Uint8Array {
  const value = new Map<string, CborValue>([["name", name]]);
  if (about !== null) value.set("about", about);
  if (pronouns !== null) value.set("pronouns", pronouns);
  return encode(value);
}

export function decodeProfile(bytes: Uint8Array): Result<Profile> {
  return readAs("profile", bytes, (value) => {
    const found = map(value);
    return {
      name: textOf(found.get("name"), 1, limits.name),
      about: optionalText(found, "about", limits.about),
      pronouns: optionalText(found, "pronouns", limits.pronouns),
    };
  });
}

function optionalText(found: CborMap, key: string, most: number): string | null {
  return found.has(key) ? textOf(found.get(key), 1, most) : null;
}

/** Null takes the image away. */
export function encodeAvatar(image: Uint8Array | null): Uint8Array {
  return encode(image);
}

export function decodeAvatar(bytes: Uint8Array): Result<Avatar | null> {
  return readAs("avatar", bytes, (value) =>
    nullOr(value, (image) => {
      const data = bytesUpTo(image, limits.avatar);
      const kind = imageKind(data);
      if (!kind.ok) throw new FormatError(kind.error);
      for (const side of [kind.value.width, kind.value.height]) {
        if (side < 1 || side > limits.avatarSide) throw new FormatError(`an image of ${kind.value.width} × ${kind.value.height} pixels`);
      }
      return { ...kind.value, bytes: data };
    }),
  );
}
