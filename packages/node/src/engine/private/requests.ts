/**
 * Requests (spec/11-private-spaces.md, Strangers): conversations offered by people with whom this account has nothing to do.
 * They wait here until the person decides, and nothing is shown to who sent them.
 */
import type { Store } from "@multichat/core/ports";
import type { MessageRequest, Person } from "@multichat/client/contract";
import { type AccountId, type DeviceId, type SharedSpace, type SpaceId, fromHex, toHex } from "@multichat/protocol";
import { z } from "zod";
import { Failure } from "../failure.ts";
import type { ReceivedOffer } from "../joining/offers.ts";
import { parsed } from "../trust/book.ts";

/** More than anybody reads; the oldest gives way. */
const mostRequests = 100;
/** By way of one introducer, or of none. */
const aDay = 9;
const dayMs = 24 * 60 * 60_000;
const prefix = "request/";

const id = z.string().regex(/^[0-9a-f]{64}$/);
const form = z.object({
  from: id,
  name: z.string(),
  people: z.array(id),
  device: id,
  by: id.nullable(),
  at: z.number(),
  /** Null once it was declined. */
  space: z.object({ secret: id, peers: z.array(z.object({ device: id, addresses: z.array(z.string()) })), heads: z.array(id) }).nullable(),
});
type Stored = z.infer<typeof form>;

export interface Requests {
  /** Those that wait for a decision, the newest first. */
  list(): MessageRequest[];
  waiting(): number;
  /** An offer by a stranger. @param introducer who introduces them, if anybody does */
  take(offer: ReceivedOffer, introducer: AccountId | null): void;
  /** The space of a request that is accepted, and by whom it was offered. @throws Failure */
  accept(request: string): { space: SharedSpace; heads: string[]; from: AccountId; by: DeviceId };
  /** @throws Failure */
  decline(request: string): AccountId;
  /** Another own device decided, or the offerer is no stranger any more. */
  settled(space: SpaceId): void;
}

export function createRequests(deps: {
  store: Store;
  now(): number;
  person(account: AccountId, name: string): Person;
  changed(): void;
}): Requests {
  const { store } = deps;

  function all(): { space: SpaceId; request: Stored }[] {
    return store
      .settings(prefix)
      .flatMap(({ key, value }) => {
        const request = parsed(form, value);
        return request === null ? [] : [{ space: key.slice(prefix.length) as SpaceId, request }];
      })
      .sort((a, b) => a.request.at - b.request.at);
  }

  function put(space: SpaceId, request: Stored | null): void {
    store.transaction(() => store.putSetting(prefix + space, request === null ? null : JSON.stringify(request)));
    deps.changed();
  }

  function open(request: string): { space: SpaceId; request: Stored } {
    const found = all().find((one) => one.space === request && one.request.space !== null);
    if (found === undefined) throw new Failure("not-found", "There is no such request.");
    return found;
  }

  const waiting = (): { space: SpaceId; request: Stored }[] => all().filter(({ request }) => request.space !== null);

  return {
    list: () =>
      waiting().toReversed().map(({ space, request }): MessageRequest => ({
        id: space,
        from: deps.person(request.from as AccountId, request.name),
        people: request.people.length,
        introducedBy: request.by === null ? null : deps.person(request.by as AccountId, ""),
        at: request.at,
      })),
    waiting: () => waiting().length,
    take(offer, introducer) {
      const held = all();
      if (held.some(({ space, request }) => space === offer.id || request.from === offer.account)) return;
      const today = held.filter(({ request }) => request.by === introducer && Math.abs(deps.now() - request.at) < dayMs);
      if (today.length >= aDay) return;
      store.transaction(() => {
        for (const { space } of held.slice(0, Math.max(0, held.length + 1 - mostRequests))) store.putSetting(prefix + space, null);
      });
      const { secret, peers, heads, people, name } = offer;
      put(offer.id, { from: offer.account, device: offer.device, name, people, by: introducer, at: Math.floor(deps.now()), space: { secret: toHex(secret), peers, heads } });
    },
    accept(given) {
      const { space, request } = open(given);
      const { secret, peers, heads } = request.space!;
      put(space, null);
      return {
        space: { id: space, secret: fromHex(secret), peers: peers.map(({ device, addresses }) => ({ device: device as DeviceId, addresses })) },
        heads,
        from: request.from as AccountId,
        by: request.device as DeviceId,
      };
    },
    decline(given) {
      const { space, request } = open(given);
      put(space, { ...request, space: null });
      return request.from as AccountId;
    },
    settled(space) {
      if (store.setting(prefix + space) !== null) put(space, null);
    },
  };
}
