/**
 * One connection to a device. Of several, one carries the link; each measures its own round trip by pinging, and notices
 * when the other side has fallen silent.
 */
import type { Connection, Stream } from "@libp2p/interface";
import type { LinkKind } from "@multichat/core/ports";
import type { Address } from "./addresses.ts";
import { lastReceived } from "./guarded-yamux.ts";
import { pingBytes, pingProtocol, transportLimits } from "./limits.ts";

export interface WayEvents {
  /** What the process at the other end calls itself; null when it does not say. */
  askProcess: (connection: Connection) => Promise<string | null>;
  /** `compare` can say more than before. */
  recognised: (way: Way) => void;
  /** `rtt` is new. */
  measured: (way: Way) => void;
  /** Nothing comes from the other side any more. */
  dead: (way: Way, reason: string) => void;
}

interface Ping {
  number: number;
  /** When it was asked for: sending waits until the ping stream is open. */
  askedAt: number;
  sentAt: number | null;
}

const silent = `no answer for ${(transportLimits.pingAfterMs + transportLimits.pingTimeoutMs) / 1000} s`;

export class Way {
  readonly connection: Connection;
  readonly address: Address;
  readonly kind: LinkKind;
  /** The result of the last measurement in ms; null before the first. */
  rtt: number | null = null;
  /** When `rtt` was measured, in ms of this process. */
  measuredAt = -Infinity;
  /** When the running measurement began; null when none runs. */
  measuringSince: number | null = null;

  /** The process at the other end; undefined until it was asked and has answered. */
  private process: string | null | undefined = undefined;
  private asked = false;
  private readonly events: WayEvents;
  private readonly openedAt = performance.now();
  private samples: number[] = [];
  private ping: Ping | null = null;
  private pings = 0;
  private lastAnswer = performance.now();
  private stream: Stream | null = null;
  private received = 0;
  private readonly answer = new Uint8Array(pingBytes);
  private over = false;

  constructor(connection: Connection, address: Address, kind: LinkKind, events: WayEvents) {
    this.connection = connection;
    this.address = address;
    this.kind = kind;
    this.events = events;
  }

  /** Measures the round trip anew; `measured` follows. */
  measure(): void {
    if (this.measuringSince !== null || this.over) return;
    this.measuringSince = performance.now();
    this.samples = [];
    this.sendPing();
  }

  /** Asks which process is at the other end; `recognised` follows. */
  async recognise(): Promise<void> {
    if (this.asked) return;
    this.asked = true;
    this.process = await this.events.askProcess(this.connection);
    if (!this.over) this.events.recognised(this);
  }

  /** Whether both lead to one process of the device; "unknown" until both have been recognised. */
  compare(other: Way): "same" | "another" | "unknown" {
    if (this === other) return "same";
    if (this.process === undefined || other.process === undefined) return "unknown";
    // Who does not say is believed to be one.
    if (this.process === null || other.process === null) return "same";
    return this.process === other.process ? "same" : "another";
  }

  /** Its present measurement has been waited for too long to go on waiting. */
  isUnresponsive(): boolean {
    if (this.measuringSince === null) return false;
    const usual = 2 * transportLimits.rttSamples * (this.rtt ?? 0);
    return performance.now() - this.measuringSince > transportLimits.patienceMs + usual;
  }

  /** ms since it was opened. */
  get age(): number {
    return performance.now() - this.openedAt;
  }

  /** To be called every second or so. */
  tick(): void {
    if (this.over) return;
    const now = performance.now();
    // Anything that comes counts: behind a long upload an answer may be late, and is not what matters.
    const lastLife = Math.max(this.lastAnswer, lastReceived(this.connection));
    if (this.ping !== null) {
      const waitingSince = Math.max(this.ping.askedAt, lastLife);
      if (now - waitingSince > transportLimits.pingTimeoutMs) this.die(silent);
    } else if (this.measuringSince !== null) this.sendPing();
    else if (now - this.measuredAt > transportLimits.rttIntervalMs) this.measure();
    else if (now - lastLife > transportLimits.pingAfterMs) this.sendPing();
  }

  /** Ends the connection in good order. */
  close(): void {
    if (this.over) return;
    this.over = true;
    const signal = AbortSignal.timeout(transportLimits.closeTimeoutMs);
    this.connection.close({ signal }).catch((error: Error) => this.connection.abort(error));
  }

  /** Ends the connection at once. */
  abort(reason: string): void {
    if (this.over) return;
    this.over = true;
    this.connection.abort(new Error(reason));
    // libp2p resets a WebSocket with a code the browser API refuses, and so leaves it open: close it in good order as well.
    if (!this.address.plainTcp)
      this.connection
        .close({ signal: AbortSignal.timeout(transportLimits.closeTimeoutMs) })
        .catch(() => {});
  }

  private die(reason: string): void {
    this.events.dead(this, reason);
    this.abort(reason);
  }

  private sendPing(): void {
    if (this.ping !== null) return;
    const ping: Ping = { number: ++this.pings, askedAt: performance.now(), sentAt: null };
    this.ping = ping;
    if (this.stream !== null) this.writePing(this.stream, ping);
    else void this.openStream(ping);
  }

  private async openStream(ping: Ping): Promise<void> {
    try {
      const signal = AbortSignal.timeout(transportLimits.pingTimeoutMs);
      const stream = await this.connection.newStream(pingProtocol, {
        signal,
        runOnLimitedConnection: true,
      });
      this.stream = stream;
      this.received = 0;
      stream.addEventListener("message", ({ data }) => {
        for (const chunk of data instanceof Uint8Array ? [data] : data) this.readAnswer(chunk);
      });
      stream.addEventListener("close", () => {
        if (this.stream === stream) this.stream = null;
        // An answer that cannot come any more is not waited for; the next tick asks again.
        if (this.ping?.sentAt != null) this.ping = null;
      });
      this.writePing(stream, ping);
    } catch {
      // Silence is judged by `tick`; a connection that is closing reports itself.
    }
  }

  private writePing(stream: Stream, ping: Ping): void {
    const message = new Uint8Array(pingBytes);
    new DataView(message.buffer).setUint32(0, ping.number);
    ping.sentAt = performance.now();
    try {
      stream.send(message);
    } catch {
      this.stream = null;
      this.ping = null;
    }
  }

  private readAnswer(chunk: Uint8Array): void {
    this.lastAnswer = performance.now();
    for (const byte of chunk) {
      this.answer[this.received++] = byte;
      if (this.received < pingBytes) continue;
      this.received = 0;
      this.answered(new DataView(this.answer.buffer).getUint32(0));
    }
  }

  private answered(number: number): void {
    if (this.ping === null || this.ping.number !== number || this.ping.sentAt === null) return;
    const now = performance.now();
    this.samples.push(now - this.ping.sentAt);
    this.ping = null;
    if (this.measuringSince === null) return;
    if (this.samples.length < transportLimits.rttSamples) {
      this.sendPing();
      return;
    }
    this.rtt = Math.min(...this.samples);
    this.measuringSince = null;
    this.measuredAt = now;
    this.events.measured(this);
  }
}
