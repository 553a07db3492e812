/** The `Links` port while it runs: joins the parts, each of which has a file of its own. */
import type { Connection, Stream } from "@libp2p/interface";
import type { Clock, LinksHandler } from "@multichat/core/ports";
import { limits } from "@multichat/protocol";
import type { DeviceId } from "@multichat/protocol";
import { describe, linkKind, listeningAddresses } from "./addresses.ts";
import type { Address } from "./addresses.ts";
import { deviceOf, peerIdOf } from "./device-key.ts";
import { Dial } from "./dial.ts";
import type { DialDeps } from "./dial.ts";
import { outcomes } from "./dial-outcome.ts";
import { Intake } from "./intake.ts";
import { startLanDiscovery } from "./lan-discovery.ts";
import type { LanDiscovery } from "./lan-discovery.ts";
import { startNode } from "./libp2p-node.ts";
import type { Libp2pNode } from "./libp2p-node.ts";
import { pingProtocol, syncProtocol, transportLimits } from "./limits.ts";
import { OwnNetworks } from "./networks.ts";
import { Peer } from "./peer.ts";
import type { PeerEvents } from "./peer.ts";
import { Slots } from "./slots.ts";
import { Way } from "./way.ts";
import { askProcessName } from "./which-process.ts";

export class RunningLinks {
  private readonly own: DeviceId;
  private readonly node: Libp2pNode;
  private readonly clock: Clock;
  private readonly handler: LinksHandler;
  private readonly peers = new Map<DeviceId, Peer>();
  private readonly ways = new Map<string, { way: Way; peer: Peer }>();
  /** Dials that will be reported. */
  private readonly dials = new Map<DeviceId, Dial>();
  /** Every dial that may still be trying something. */
  private readonly trying = new Set<Dial>();
  /** Where linked devices might also be reached. */
  private readonly known = new Map<DeviceId, string[]>();
  private readonly dialDeps: Omit<DialDeps, "connect">;
  private readonly peerEvents: PeerEvents;
  private readonly intake = new Intake(() => {
    for (const peer of this.peers.values()) peer.flow();
  });
  private readonly timers = new Set<() => void>();
  private discovery: LanDiscovery | null = null;
  private announced = "";

  constructor(node: Libp2pNode, clock: Clock, handler: LinksHandler) {
    this.own = deviceOf(node.libp2p.peerId)!;
    this.node = node;
    this.clock = clock;
    this.handler = handler;
    this.dialDeps = {
      clock,
      slots: new Slots(transportLimits.dialsAtOnce),
      networks: () => new OwnNetworks(),
    };
    this.peerEvents = {
      handler,
      frame: ({ device }, frame) => {
        this.intake.came(device, frame);
        handler.frame(device, frame);
      },
      isFull: ({ device }) => this.intake.isFull(device),
      linked: ({ device }, { address }) => this.linked(device, address),
      scout: ({ device }) => this.dial(device, this.known.get(device) ?? []),
      gone: (peer) => {
        if (this.peers.get(peer.device) === peer) this.peers.delete(peer.device);
      },
    };
  }

  async start(lan: boolean): Promise<void> {
    const { libp2p, parts } = this.node;
    libp2p.addEventListener("connection:open", ({ detail }) => this.connected(detail));
    libp2p.addEventListener("connection:close", ({ detail }) => this.disconnected(detail));
    await libp2p.handle(syncProtocol, (stream, connection) => this.opened(stream, connection), {
      maxInboundStreams: 4,
    });
    await libp2p.handle(pingProtocol, (stream) => this.echo(stream), {
      maxInboundStreams: 2,
      runOnLimitedConnection: true,
    });
    await startNode(this.node);
    this.every(transportLimits.tickMs, () => {
      for (const peer of this.peers.values()) peer.tick();
    });
    this.announce();
    this.every(transportLimits.interfacesIntervalMs, () => this.announce());
    if (lan)
      this.discovery = await startLanDiscovery(parts, (device, addresses) =>
        this.discovered(device, addresses),
      );
  }

  async stop(): Promise<void> {
    for (const cancel of this.timers) cancel();
    for (const dial of this.trying) dial.stop();
    this.dials.clear();
    await this.discovery?.stop();
    const peers = [...this.peers.values()];
    await Promise.all(
      peers.map((peer) =>
        peer.close("this device is shutting down", transportLimits.stopTimeoutMs),
      ),
    );
    // The links have said goodbye; libp2p would wait ten seconds for the other side to close its connections.
    for (const connection of this.node.libp2p.getConnections())
      connection.abort(new Error("this device is shutting down"));
    await this.node.libp2p.stop();
  }

  dial(device: DeviceId, addresses: readonly string[]): void {
    const linked = this.peers.get(device)?.current ?? null;
    this.remember(device, addresses);
    let dial = linked === null ? this.dials.get(device) : undefined;
    if (dial === undefined) {
      dial = this.newDial(device, linked?.address ?? null);
      if (linked === null) this.dials.set(device, dial);
    }
    dial.add(addresses);
    if (device === this.own) dial.failAll(outcomes.ownDevice);
  }

  send(device: DeviceId, frame: Uint8Array): void {
    this.peers.get(device)?.send(frame);
  }

  welcome(devices: ReadonlySet<DeviceId>): void {
    this.node.door.welcome(devices);
    this.intake.welcome(devices);
  }

  taken(device: DeviceId, weight: number): void {
    this.intake.taken(device, weight);
  }

  close(device: DeviceId, reason: string): void {
    void this.peers.get(device)?.close(reason, transportLimits.closeTimeoutMs);
  }

  private newDial(device: DeviceId, linkedAt: Address | null): Dial {
    const connect = async (address: Address, signal: AbortSignal): Promise<Connection> => {
      const peer = peerIdOf(device);
      if (peer === null)
        throw Object.assign(new Error("not a device's id"), { code: "UnexpectedPeerError" });
      return this.node.parts.transportManager.dial(
        address.multiaddr.encapsulate(`/p2p/${peer.toString()}`),
        { signal },
      );
    };
    const dial: Dial = new Dial({ ...this.dialDeps, connect }, (attempts) => {
      this.trying.delete(dial);
      if (this.dials.get(device) !== dial) return;
      this.dials.delete(device);
      this.forgetUnlinked(device);
      this.handler.dialFailed(device, attempts);
    });
    this.trying.add(dial);
    if (linkedAt !== null) dial.linked(linkedAt, () => this.trying.delete(dial));
    return dial;
  }

  private connected(connection: Connection): void {
    const device = deviceOf(connection.remotePeer);
    const address = describe(connection.remoteAddr);
    if (device === null || address === null) {
      connection.abort(new Error("not a device of ours"));
      return;
    }
    if (connection.status !== "open") return;
    const peer = this.peers.get(device) ?? new Peer(this.own, device, this.peerEvents);
    if (peer.wayCount >= transportLimits.waysPerDevice) {
      connection.abort(new Error("there are enough connections to this device"));
      return;
    }
    const way: Way = new Way(connection, address, linkKind(address, new OwnNetworks()), {
      askProcess: (asked) => askProcessName(this.node.libp2p.services.identify, asked),
      recognised: () => peer.recognised(),
      measured: () => peer.measured(way),
      dead: (_way, reason) => peer.removeWay(way, reason),
    });
    this.peers.set(device, peer);
    this.ways.set(connection.id, { way, peer });
    peer.addWay(way);
  }

  private disconnected({ id, remotePeer }: Connection): void {
    const gone = this.ways.get(id);
    this.ways.delete(id);
    gone?.peer.removeWay(gone.way, "the connection broke");
    // What libp2p has noted of whoever came by is of no use any more, and would pile up.
    const { libp2p } = this.node;
    if (libp2p.getConnections(remotePeer).length === 0)
      libp2p.peerStore.delete(remotePeer).catch(() => {});
  }

  private opened(stream: Stream, connection: Connection): void {
    const known = this.ways.get(connection.id);
    if (known === undefined) stream.abort(new Error("an unknown connection"));
    else known.peer.accept(stream, known.way);
  }

  private echo(stream: Stream): void {
    stream.addEventListener("message", ({ data }) => {
      // An answer to a ping that was overtaken by the end of its stream is nobody's loss.
      if (stream.writeStatus !== "writable") return;
      // Whoever does not take the answers need not get them.
      if (stream.writableNeedsDrain)
        stream.abort(new Error("pings come faster than their answers are read"));
      else stream.send(data);
    });
    stream.addEventListener("remoteCloseWrite", () => void stream.close().catch(() => {}));
  }

  private linked(device: DeviceId, text: string): void {
    const dial = this.dials.get(device);
    this.dials.delete(device);
    const at = this.peers.get(device)?.current?.address;
    if (dial !== undefined && at?.text === text) dial.linked(at, () => this.trying.delete(dial));
  }

  private discovered(device: DeviceId, addresses: string[]): void {
    if (device === this.own) return;
    const news = addresses.some((address) => this.known.get(device)?.includes(address) !== true);
    this.remember(device, addresses);
    // Every sighting of a device that is not linked is worth a try; of a linked one, only a new address.
    if (news || this.peers.get(device)?.current == null) this.handler.discovered(device, addresses);
  }

  private remember(device: DeviceId, addresses: readonly string[]): void {
    const known = [...new Set([...addresses, ...(this.known.get(device) ?? [])])];
    this.known.delete(device);
    this.known.set(device, known.slice(0, limits.addresses));
    // The one that was not heard of for longest goes: anybody on the local network can make names up.
    const [oldest] = this.known.keys();
    if (this.known.size > transportLimits.knownDevices && oldest !== undefined)
      this.known.delete(oldest);
  }

  private forgetUnlinked(device: DeviceId): void {
    if (this.peers.get(device)?.current == null) this.known.delete(device);
  }

  private announce(): void {
    const addresses = listeningAddresses(this.node.parts.transportManager.getAddrs());
    const text = addresses.join(" ");
    if (text === this.announced) return;
    this.announced = text;
    this.handler.listening(addresses);
  }

  private every(ms: number, callback: () => void): void {
    const cancel = this.clock.after(ms, () => {
      this.timers.delete(cancel);
      callback();
      this.every(ms, callback);
    });
    this.timers.add(cancel);
  }
}
