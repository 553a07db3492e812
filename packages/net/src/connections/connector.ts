/**
 * Keeps this node connected to the devices it shares spaces with: redials with backoff whoever is not linked, at every
 * address known of them, and has the transport keep room for them. Pure scheduling over the Links port; what happens on a link is sync's matter.
 */
import type { Clock, DialAttempt, LinkInfo, Links, Random } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";

/** First retry after a cut or a failure: quick, most cuts are short. */
const firstRetryMs = 500;
/** A device that was linked lately is expected back: a cut must heal within seconds. */
const recentRetryMs = 4_000;
const recentMs = 15 * 60_000;
/** Devices not seen for long cost a dial every minute at most. */
const maxRetryMs = 60_000;
/** A link that ends sooner was no use: whoever refuses us is not dialled anew at once. */
const steadyMs = 2_000;
/** Spread, so that a whole office does not redial at once. */
const jitter = 0.3;

export interface PeerLink {
  device: DeviceId;
  link: LinkInfo | null;
  rttMs: number | null;
  lastConnected: number | null;
  attempts: DialAttempt[];
  retryAt: number | null;
}

export interface Connector {
  /** The transport is up: from now on there is dialling. */
  start(): void;
  /** Dials nobody any more; whoever calls is answered as before. */
  rest(): void;
  /** Exactly these devices are kept connected, at these addresses (best first). */
  setTargets(targets: ReadonlyMap<DeviceId, readonly string[]>): void;
  /** Dials soon, whatever the backoff says: an address was learned or the network changed. */
  hurry(device: DeviceId, addresses?: readonly string[]): void;
  linked(link: LinkInfo): void;
  /** `reason` stands for what is wrong with this device until it is linked again. */
  unlinked(device: DeviceId, reason: string): void;
  dialFailed(device: DeviceId, attempts: DialAttempt[]): void;
  rtt(device: DeviceId, ms: number): void;
  peer(device: DeviceId): PeerLink | null;
  peers(): PeerLink[];
  stop(): void;
}

interface Target extends PeerLink {
  addresses: string[];
  /** Seen on the local network, whatever is announced elsewhere. */
  nearby: string[];
  linkedAt: number;
  /** When a link that had held for a while was last there. */
  steadyUntil: number | null;
  wanted: boolean;
  dialling: boolean;
  failures: number;
  cancel: (() => void) | null;
}

export function createConnector(deps: {
  links: Pick<Links, "dial" | "welcome">;
  clock: Clock;
  random: Random;
  changed(): void;
}): Connector {
  const { links, clock, random, changed } = deps;
  const targets = new Map<DeviceId, Target>();
  let running = false;
  let resting = false;

  function target(device: DeviceId): Target {
    let found = targets.get(device);
    if (found === undefined) {
      found = {
        device, link: null, rttMs: null, lastConnected: null, attempts: [], retryAt: null,
        addresses: [], nearby: [], linkedAt: 0, steadyUntil: null, wanted: false, dialling: false, failures: 0, cancel: null,
      };
      targets.set(device, found);
    }
    return found;
  }

  function schedule(peer: Target): void {
    if (!running || resting || !peer.wanted || peer.link !== null || peer.dialling || peer.cancel !== null) return;
    if (peer.addresses.length + peer.nearby.length === 0) return;
    const recent = peer.steadyUntil !== null && clock.now() - peer.steadyUntil < recentMs;
    const limit = recent ? recentRetryMs : maxRetryMs;
    const base = peer.failures === 0 ? 0 : Math.min(limit, firstRetryMs * 2 ** (peer.failures - 1));
    const delay = Math.round(base * (1 + (jitter * random.bytes(1)[0]!) / 255));
    peer.retryAt = clock.now() + delay;
    peer.cancel = clock.after(delay, () => {
      peer.cancel = null;
      dial(peer);
    });
  }

  function dial(peer: Target): void {
    if (!running || !peer.wanted || peer.link !== null || peer.dialling) return;
    peer.dialling = true;
    peer.retryAt = null;
    links.dial(peer.device, [...new Set([...peer.nearby, ...peer.addresses])]);
  }

  function welcome(): void {
    if (running) links.welcome([...targets.values()].filter(({ wanted }) => wanted).map(({ device }) => device));
  }

  function settle(peer: Target): void {
    peer.cancel?.();
    peer.cancel = null;
    peer.retryAt = null;
  }

  return {
    start() {
      running = true;
      welcome();
      for (const peer of targets.values()) schedule(peer);
    },
    rest() {
      resting = true;
      for (const peer of targets.values()) settle(peer);
    },
    setTargets(wanted) {
      let isNews = false;
      for (const peer of targets.values()) {
        if (wanted.has(peer.device)) continue;
        isNews ||= peer.wanted;
        peer.wanted = false;
        settle(peer);
        if (peer.link === null) targets.delete(peer.device);
      }
      for (const [device, addresses] of wanted) {
        const peer = target(device);
        isNews ||= !peer.wanted;
        peer.wanted = true;
        const fresh = addresses.some((address) => !peer.addresses.includes(address));
        peer.addresses = [...addresses];
        if (fresh && peer.link === null) {
          peer.failures = 0;
          settle(peer);
        }
        schedule(peer);
      }
      if (isNews) welcome();
    },
    hurry(device, addresses = []) {
      const peer = targets.get(device);
      // Anybody on the local network can make names up.
      if (peer === undefined) return;
      if (addresses.length > 0) peer.nearby = [...addresses];
      if (!peer.wanted || peer.link !== null) return;
      peer.failures = 0;
      settle(peer);
      schedule(peer);
    },
    linked(link) {
      const peer = target(link.device);
      settle(peer);
      Object.assign(peer, { link, dialling: false, attempts: [], lastConnected: clock.now(), linkedAt: clock.now() });
      changed();
    },
    unlinked(device, reason) {
      const peer = target(device);
      const now = clock.now();
      const attempts = peer.link === null ? peer.attempts : [{ address: peer.link.address, outcome: reason }];
      const steady = now - peer.linkedAt >= steadyMs;
      Object.assign(peer, { link: null, rttMs: null, dialling: false, lastConnected: now, attempts });
      if (steady) peer.steadyUntil = now;
      peer.failures = steady ? 1 : peer.failures + 1;
      if (peer.wanted) schedule(peer);
      else targets.delete(device);
      changed();
    },
    dialFailed(device, attempts) {
      const peer = target(device);
      peer.dialling = false;
      peer.attempts = attempts;
      if (peer.link === null) {
        peer.failures++;
        schedule(peer);
      }
      changed();
    },
    rtt(device, ms) {
      const peer = targets.get(device);
      if (peer !== undefined) peer.rttMs = ms;
    },
    peer: (device) => targets.get(device) ?? null,
    peers: () => [...targets.values()],
    stop() {
      running = false;
      for (const peer of targets.values()) settle(peer);
    },
  };
}
