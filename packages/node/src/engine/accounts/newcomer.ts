/** A node without an account: it can be linked to one, or recover one from its words (spec/09-devices.md). */
import type { Clock, Crypto, Links, LinksHandler, Random } from "@multichat/core/ports";
import type { Linking, Push, Recovery } from "@multichat/client/contract";
import type { DeviceId, SharedSpace } from "@multichat/protocol";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import { type NewSide, createNewSide } from "./linking/new-side.ts";
import { createNewcomerLinks } from "./linking/newcomer-links.ts";
import { type RecoverySide, checkWords, createRecovery } from "./recovery.ts";
import type { AccountKeys, DeviceKeys } from "../vault.ts";

export interface Newcomer {
  readonly handler: LinksHandler;
  readonly handlers: Handlers;
  stop(): void;
}

export function createNewcomer(deps: {
  links: Links;
  clock: Clock;
  crypto: Crypto;
  random: Random;
  device: DeviceKeys;
  now(): number;
  /** From now on this is a device of that account; where the account is, as far as it was told. Durable when it returns. */
  keep(account: AccountKeys, spaces: SharedSpace[]): void;
  /** Go on as what was kept, by this name. */
  enter(name: string): void;
  push(push: Push): void;
}): Newcomer {
  const { crypto, clock, random, device } = deps;
  let linking: NewSide | null = null;
  let recovery: RecoverySide | null = null;
  const nearby = new Map<DeviceId, string[]>();

  const links = createNewcomerLinks({
    links: deps.links,
    clock,
    random,
    greeted(other) {
      linking?.greeted(other);
      recovery?.greeted(other);
    },
    step(from, step) {
      linking?.step(from, step);
      recovery?.step(from, step);
    },
    lost(other, why) {
      linking?.lost(other, why);
      recovery?.lost(other, why);
    },
    discovered(other, addresses) {
      nearby.set(other, addresses);
      recovery?.discovered(other, addresses);
    },
  });

  function usual(name: string | undefined): string {
    return name ?? "New device";
  }

  function reached(side: { current(): Linking | Recovery } | null): boolean {
    return side !== null && !["failed", "done"].includes(side.current().step);
  }

  /** One at a time: the one before is given up. */
  function afresh(): void {
    if (reached(linking)) linking!.cancel();
    if (reached(recovery)) recovery!.cancel();
    links.stop();
    linking = null;
    recovery = null;
  }

  function current<T>(side: T | null): T {
    if (side === null) throw new Failure("not-found", "Nothing of that kind is under way.");
    return side;
  }

  const handlers: Handlers = {
    "device.link-enter"({ code, name }) {
      afresh();
      linking = createNewSide(
        {
          crypto,
          random,
          clock,
          device,
          reach: links.reach,
          send: links.send,
          keep: deps.keep,
          linked: () => links.leave(() => deps.enter(usual(name))),
          changed: (data) => deps.push({ push: "linking", data }),
        },
        { code, name: usual(name) },
      );
      return { linking: linking.current() };
    },
    "device.link-confirm": ({ same }) => ({ linking: current(linking).confirm(same) }),
    "device.link-cancel"() {
      linking?.cancel();
      return {};
    },
    "device.link-get": () => ({ linking: linking?.current() ?? null }),
    "account.check-words": ({ words }) => checkWords(words),
    "account.recover"({ words, via, name }) {
      afresh();
      recovery = createRecovery(
        {
          crypto,
          clock,
          device,
          now: deps.now,
          reach: links.reach,
          send: links.send,
          recovered(account, spaces) {
            deps.keep(account, spaces);
            links.leave(() => deps.enter(usual(name)));
          },
          changed: (data) => deps.push({ push: "recovery", data }),
        },
        { words, ...(via === undefined ? {} : { via }) },
      );
      if (via === undefined)
        for (const [other, addresses] of nearby) recovery.discovered(other, addresses);
      return { recovery: recovery.current() };
    },
    "account.recover-confirm": () => ({ recovery: current(recovery).confirm() }),
    "account.recover-cancel"() {
      recovery?.cancel();
      links.stop();
      return {};
    },
    "account.recover-get": () => ({ recovery: recovery?.current() ?? null }),
  };

  return { handler: links.handler, handlers, stop: links.stop };
}
