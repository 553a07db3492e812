/** Commands about one's own devices and own data that need an account (spec/local-api.md). */
import type { SpaceId } from "@multichat/protocol";
import type { AccountNode } from "../account-node-port.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import { checkWords } from "./recovery.ts";
import type { RootSigning } from "../governing/root-signing.ts";
import { isSelf } from "./self-space.ts";

export function createDeviceCommands(node: AccountNode, roots: Pick<RootSigning, "follow">): Handlers {
  return {
    "device.list": () => ({ devices: node.devices.list() }),
    "device.name": ({ device, name }) => ({ device: node.devices.name(device, name) }),
    "device.revoke": ({ device, reason, words }) => ({ device: node.devices.revoke(device, reason, words) }),
    "device.link": () => ({ linking: node.linking.start() }),
    "device.link-confirm": ({ same }) => ({ linking: node.linking.confirm(same) }),
    "device.link-cancel"() {
      node.linking.cancel();
      return {};
    },
    "device.link-get": () => ({ linking: node.linking.current() }),
    "account.check-words": ({ words }) => checkWords(words),
    "account.rotate"({ words }) {
      const fresh = node.seeds.rotate(words);
      const rooted = roots.follow().flatMap((space) => node.present.space(space) ?? []).filter(({ kind }) => kind === "team");
      node.pushes.markStatus();
      return { words: fresh, rooted: rooted.map(({ id, name }) => ({ id, name })) };
    },
    "space.forget"({ space }) {
      const found = node.spaces.get(space as SpaceId);
      if (found === null || isSelf(found)) throw new Failure("not-found", "There is no such workspace here.");
      // Private channels go with their workspace.
      for (const one of [...node.privates.privateSpaces.childrenOf(found), found]) node.forgetting.forget(one);
      return {};
    },
    "join.start"({ link }) {
      node.forgetting.mayJoin(node.joins.preview(link).space.id as SpaceId);
      return { join: node.joins.start(link) };
    },
    "own.get": ({ key }) => ({ value: node.own.get(key) }),
    "own.set"({ key, value }) {
      node.own.set(key, value);
      return {};
    },
    "own.list": ({ prefix }) => ({ entries: node.own.entries(prefix) }),
  };
}
