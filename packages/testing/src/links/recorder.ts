/**
 * A handler that writes down what it is told, lets a test wait for something to be told, and checks what every adapter
 * owes: links and unlinks of a device alternate, and frames come only over an open link. Frames count as worked off at once,
 * unless they are kept.
 */
import { frameWeight } from "@multichat/core/ports";
import type { DialAttempt, LinkInfo, Links, LinksHandler } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";

export type LinksEvent =
  | { type: "linked"; device: DeviceId; link: LinkInfo }
  | { type: "frame"; device: DeviceId; frame: Uint8Array }
  | { type: "unlinked"; device: DeviceId; reason: string }
  | { type: "dialFailed"; device: DeviceId; attempts: DialAttempt[] }
  | { type: "discovered"; device: DeviceId; addresses: string[] }
  | { type: "listening"; addresses: string[] }
  | { type: "rtt"; device: DeviceId; ms: number }
  | { type: "drained"; device: DeviceId; queued: number };

type EventOf<Type extends LinksEvent["type"]> = Extract<LinksEvent, { type: Type }>;

export class LinksRecorder implements LinksHandler {
  readonly events: LinksEvent[] = [];
  /** Breaches of the port's promises; a test ends with this empty. */
  readonly breaches: string[] = [];
  /** The links that are open. */
  readonly open = new Map<DeviceId, LinkInfo>();
  private readonly waiting = new Set<() => void>();
  private readonly links: Pick<Links, "taken">;
  /** Weight of the frames kept, by device; null while none are. */
  private kept: Map<DeviceId, number> | null = null;

  constructor(links: Pick<Links, "taken">) {
    this.links = links;
  }

  /** From now on frames do not count as worked off… */
  keepFrames(): void {
    this.kept ??= new Map();
  }

  /** …until now. */
  takeFrames(): void {
    const kept = this.kept ?? new Map<DeviceId, number>();
    this.kept = null;
    for (const [device, weight] of kept) this.links.taken(device, weight);
  }

  /** Weight of the frames of this device that do not count as worked off. */
  keptOf(device: DeviceId): number {
    return this.kept?.get(device) ?? 0;
  }

  linked(link: LinkInfo): void {
    if (this.open.has(link.device)) this.breaches.push("linked twice");
    this.open.set(link.device, link);
    this.add({ type: "linked", device: link.device, link });
  }
  frame(device: DeviceId, frame: Uint8Array): void {
    if (!this.open.has(device)) this.breaches.push("a frame without a link");
    const weight = frameWeight(frame);
    if (this.kept === null) this.links.taken(device, weight);
    else this.kept.set(device, this.keptOf(device) + weight);
    this.add({ type: "frame", device, frame });
  }
  unlinked(device: DeviceId, reason: string): void {
    if (!this.open.delete(device)) this.breaches.push("unlinked without a link");
    this.add({ type: "unlinked", device, reason });
  }
  dialFailed(device: DeviceId, attempts: DialAttempt[]): void {
    if (this.open.has(device)) this.breaches.push("a dial failed while linked");
    this.add({ type: "dialFailed", device, attempts });
  }
  discovered(device: DeviceId, addresses: string[]): void {
    this.add({ type: "discovered", device, addresses });
  }
  listening(addresses: string[]): void {
    this.add({ type: "listening", addresses });
  }
  rtt(device: DeviceId, ms: number): void {
    if (!this.open.has(device)) this.breaches.push("a round trip without a link");
    this.add({ type: "rtt", device, ms });
  }
  drained(device: DeviceId, queued: number): void {
    if (!this.open.has(device)) this.breaches.push("drained without a link");
    this.add({ type: "drained", device, queued });
  }

  all<Type extends LinksEvent["type"]>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  frames(): Uint8Array[] {
    return this.all("frame").map((event) => event.frame);
  }

  /** The first event of a type, told already or yet to come. */
  async first<Type extends LinksEvent["type"]>(type: Type): Promise<EventOf<Type>> {
    await this.when(() => this.all(type).length > 0);
    return this.all(type)[0]!;
  }

  /** Resolves as soon as the condition holds; it is looked at after every event. */
  when(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  private add(event: LinksEvent): void {
    this.events.push(event);
    for (const look of this.waiting) look();
  }
}
