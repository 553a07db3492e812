/**
 * Links to other devices (spec/06-sync.md). A link is an authenticated, encrypted, ordered channel of frames to one device; the adapter
 * (libp2p in a node, an in-memory network in stories) keeps at most one link per device as far as this port shows,
 * choosing the lowest round trip when there are several ways. Everything is event-driven, so that the port can span threads.
 */
import type { DeviceId } from "@multichat/protocol";

export type LinkKind = "this-machine" | "same-network" | "direct" | "relayed";

export interface LinkInfo {
  device: DeviceId;
  kind: LinkKind;
  /** The multiaddr in use. */
  address: string;
  /** Which side dialled. */
  outbound: boolean;
}

/** One address that was tried, and what came of it, in words a person can use. */
export interface DialAttempt {
  address: string;
  outcome: string;
}

/** What a frame weighs while it waits to be worked off: its bytes, and what an object costs besides. */
export const frameWeight = (frame: Uint8Array): number => frame.length + 512;

/** About so much of what one device sent may wait to be worked off: four times what a peer that plays fair has under way. */
export const waitingWeight = 4 * 1024 * 1024;

export interface LinksHandler {
  /** A link is open; frames may be sent at once. Follows an `unlinked` for any earlier link to that device. */
  linked(link: LinkInfo): void;
  /** Whole frames, in order, each alone in a buffer that is the handler's from now on. Each is answered by `taken` as soon as it is worked off. */
  frame(device: DeviceId, frame: Uint8Array): void;
  /** The link is gone; frames queued on it may be lost. */
  unlinked(device: DeviceId, reason: string): void;
  /** A `dial` ended without a link. */
  dialFailed(device: DeviceId, attempts: DialAttempt[]): void;
  /** A device was seen on the local network. */
  discovered(device: DeviceId, addresses: string[]): void;
  /** Where this device can be dialled from elsewhere, whenever that changes. */
  listening(addresses: string[]): void;
  /** A new measurement of the round trip. */
  rtt(device: DeviceId, ms: number): void;
  /** Frames sent to this device were handed to the network: `queued` bytes are still waiting. */
  drained(device: DeviceId, queued: number): void;
}

export interface Links {
  /** Registers the one handler and starts listening. */
  start(handler: LinksHandler): Promise<void>;
  stop(): Promise<void>;
  /** Tries these multiaddrs (without a trailing /p2p part). Ends in `linked` or `dialFailed`; a second call while one runs adds addresses. */
  dial(device: DeviceId, addresses: string[]): void;
  /** Queues a copy of one frame (≤ limits.frame bytes); ignored when there is no link. */
  send(device: DeviceId, frame: Uint8Array): void;
  /** Exactly these devices belong here: there is room for them. All others that connect share few places, and are the first to go. */
  welcome(devices: readonly DeviceId[]): void;
  /**
   * Frames of this device, of this `frameWeight` together, have been worked off. While more than `waitingWeight` of a device's is not,
   * on whatever links it came, nothing more is read from it, and so it has to wait.
   */
  taken(device: DeviceId, weight: number): void;
  /** Closes the link once what is queued has been sent. */
  close(device: DeviceId, reason: string): void;
}
