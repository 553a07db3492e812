/** Field codecs for the payloads of control kinds: how each kind of value is written and what is accepted (spec/04-control.md). */
import * as read from "../cbor/read.ts";
import { type CborMap, type CborValue, FormatError } from "../cbor/value.ts";
import { type AccountId, type AnyId, type DeviceId, type EventId, idToBytes } from "../ids.ts";
import { limits } from "../limits.ts";

export interface Field<T> {
  write(value: T): CborValue;
  /** @throws FormatError */
  read(value: CborValue | undefined): T;
}

export const id = <Id extends AnyId>(): Field<Id> => ({
  write: (value) => idToBytes(value),
  read: (value) => read.id<Id>(value),
});

export const uint: Field<number> = { write: (value) => value, read: (value) => read.uint(value) };
/** Milliseconds since 1970, 0 for none. */
export const time: Field<number> = { write: (value) => value, read: read.time };
export const flag: Field<boolean> = { write: (value) => value, read: read.flag };

export const text = (least: number, most: number): Field<string> => ({
  write: (value) => value,
  read: (value) => read.textOf(value, least, most),
});

export const oneOf = <const T extends string>(...choices: T[]): Field<T> => ({
  write: (value) => value,
  read: (value) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new FormatError(`none of ${choices.join(", ")}`);
    return found;
  },
});

export const colour: Field<string> = {
  write: (value) => value,
  read: (value) => {
    const found = read.textOf(value, 0, 7);
    if (found !== "" && !/^#[0-9a-f]{6}$/.test(found)) throw new FormatError("not a colour");
    return found;
  },
};

export const bytes = (length: number): Field<Uint8Array> => ({
  write: (value) => value,
  read: (value) => read.bytesOf(value, length),
});

export const blob = (most: number): Field<Uint8Array> => ({
  write: (value) => value,
  read: (value) => read.bytesUpTo(value, most),
});

export const nullable = <T>(field: Field<T>): Field<T | null> => ({
  write: (value) => (value === null ? null : field.write(value)),
  read: (value) => (value === null ? null : field.read(value)),
});

export const array = <T>(field: Field<T>, most: number): Field<T[]> => ({
  write: (value) => value.map((item) => field.write(item)),
  read: (value) => read.list(value, most).map((item) => field.read(item)),
});

/** Ids in ascending order, none twice. */
export const idSet = (most: number): Field<EventId[]> => ({
  write: (value) => [...value].sort().map((item) => idToBytes(item)),
  read: (value) => read.ids<EventId>(value, most),
});

/** [device, seq, hash]: a place in a device's feed. */
export type FeedPoint = [device: DeviceId, seq: number, hash: EventId];

/** Ascending by device, none twice. */
export const feedPoints: Field<FeedPoint[]> = {
  write: (value) => [...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([device, seq, hash]) => [idToBytes(device), seq, idToBytes(hash)]),
  read: (value) => {
    const points = read.list(value, limits.page).map((item): FeedPoint => {
      const [device, seq, hash] = read.tuple(item, 3);
      return [read.id<DeviceId>(device), read.uint(seq), read.id<EventId>(hash)];
    });
    if (points.some(([device], i) => i > 0 && device <= points[i - 1]![0])) throw new FormatError("not in ascending order");
    return points;
  },
};

/** A positional array of different fields. */
export function tuple<const F extends readonly Field<never>[] | readonly Field<unknown>[]>(
  ...fields: F
): Field<{ [I in keyof F]: F[I] extends Field<infer T> ? T : never }> {
  type Values = { [I in keyof F]: F[I] extends Field<infer T> ? T : never };
  const codecs = fields as readonly Field<unknown>[];
  return {
    write: (values) => codecs.map((field, i) => field.write((values as readonly unknown[])[i])),
    read: (value) => {
      const items = read.tuple(value, codecs.length);
      return codecs.map((field, i) => field.read(items[i])) as unknown as Values;
    },
  };
}

export const policyValue: Field<string | number> = {
  write: (value) => value,
  read: (value) => (typeof value === "string" ? read.textOf(value, 0, limits.topic) : read.uint(value)),
};

export const policies: Field<Map<string, string | number>> = {
  write: (value) => value as CborMap,
  read: (value) => {
    const found = new Map<string, string | number>();
    for (const [key, item] of read.map(value)) found.set(read.textOf(key, 1, limits.name), policyValue.read(item));
    if (found.size > 64) throw new FormatError("more than 64 policies");
    return found;
  },
};

export const rootKeys: Field<Uint8Array[]> = {
  write: (value) => value,
  read: (value) => {
    const keys = read.ascending(read.list(value, limits.rootKeys).map((key) => read.bytesOf(key, 32)));
    if (keys.length === 0) throw new FormatError("no root key");
    return keys;
  },
};

/** "everyone", a role id, or [account id]. */
export type OverrideSubject = { everyone: true } | { role: EventId } | { account: AccountId };

export const overrideSubject: Field<OverrideSubject> = {
  write: (value) => {
    if ("everyone" in value) return "everyone";
    return "role" in value ? idToBytes(value.role) : [idToBytes(value.account)];
  },
  read: (value) => {
    if (value === "everyone") return { everyone: true };
    if (value instanceof Uint8Array) return { role: read.id<EventId>(value) };
    return { account: read.id<AccountId>(read.tuple(value, 1)[0]) };
  },
};
