/** A large workspace, all of whose devices are linked with all others, as far as presence goes; and the bytes of it. */
import { type Chosen, createHeard, ownState } from "@multichat/core";
import { type AccountId, type ChannelId, type DeviceId, type SpaceId, decodeFrame, encodeFrame, idFromBytes } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import type { VirtualClock } from "@multichat/testing/clock";
import { createPresenceAudience } from "../src/engine/presence/audience.ts";
import { createPresenceHearing } from "../src/engine/presence/hearing.ts";
import { createLooking } from "../src/engine/presence/looking.ts";
import { createOwnWriting } from "../src/engine/presence/own-writing.ts";
import type { PresencePlace, Tell } from "../src/engine/presence/reach.ts";
import { createPresenceTelling } from "../src/engine/presence/telling.ts";

export interface CrowdMember {
  readonly account: AccountId;
  readonly device: DeviceId;
  /** Bytes of frames that left this device since the count began. */
  sent: number;
  received: number;
  /** How often its interfaces were told that somebody is to be shown otherwise. */
  shown: number;
  active(): void;
  choose(chosen: Chosen | null): void;
  look(accounts: readonly AccountId[]): void;
  write(): void;
  sees(other: CrowdMember): string;
  writers(): number;
}

export const crowdChannel = "c".repeat(64) as ChannelId;
const space = "5".repeat(64) as SpaceId;

export function createCrowd(clock: VirtualClock, size: number): CrowdMember[] {
  const random = createSeededRandom(`crowd of ${size}`);
  const devices = Array.from({ length: size }, () => idFromBytes<DeviceId>(random.bytes(32)));
  const owners = new Map(devices.map((device) => [device, device as string as AccountId]));
  const takers = new Map<DeviceId, (from: DeviceId, bytes: Uint8Array) => void>();

  function member(device: DeviceId): CrowdMember {
    const account = owners.get(device)!;
    const others = devices.filter((other) => other !== device);
    const interested = createHeard<true>(() => true);
    let activeAt: number | null = null;
    let chosen: Chosen | null = null;
    const place: PresencePlace = { id: space, conversation: false, people: size, linked: () => others, ownerOf: (other) => owners.get(other) ?? null };
    const current = () => {
      const { state } = ownState(chosen, activeAt, clock.now());
      return state === null ? null : { state, lastSeen: true };
    };
    const tell: Tell = (to, _space, said) => {
      const bytes = encodeFrame({ type: "ephemeral", alias: 0, ...said });
      self.sent += bytes.length;
      takers.get(to)!(device, bytes);
      return true;
    };
    const audience = createPresenceAudience({
      account, interested,
      places: () => [place],
      choices: () => ({ general: "everyone", spaces: new Map(), accounts: new Map() }),
      onlooker: () => ({ blocked: false, contact: false }),
      clockNow: () => clock.now(),
    });
    const telling = createPresenceTelling({ clock, audience, current, tell });
    const looking = createLooking({ clock, account, audience, tell, places: () => [place], visible: () => current() !== null });
    const writing = createOwnWriting({ clock, audience, tell, may: () => current() !== null });
    const hearing = createPresenceHearing({
      clock, interested,
      takes: () => true,
      mayWrite: (_space, _account, channel) => channel === crowdChannel,
      seen() {},
      changed: () => void self.shown++,
      writingChanged: () => void self.shown++,
      asked: telling.met,
    });
    takers.set(device, (from, bytes) => {
      self.received += bytes.length;
      const frame = decodeFrame(bytes);
      if (frame.ok && frame.value.type === "ephemeral") hearing.frame(space, from, owners.get(from)!, frame.value);
    });
    const self: CrowdMember = {
      account, device, sent: 0, received: 0, shown: 0,
      active() {
        activeAt = clock.now();
        telling.changed();
      },
      choose(given) {
        chosen = given;
        telling.changed();
        looking.settle();
      },
      look: (accounts) => looking.watch(self, accounts),
      write: () => writing.set(place, crowdChannel, null, "typing"),
      sees: (other) => hearing.state(other.account),
      writers: () => hearing.writing(crowdChannel, null).length,
    };
    return self;
  }

  return devices.map(member);
}
