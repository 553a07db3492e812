/** The rules of a space with ten thousand control events and a thousand members (spec/04-control.md), in this process. */
import { createControlLog, createReplica, createResolver, judgeContent, may } from "@multichat/core";
import { createNodeCrypto } from "@multichat/crypto";
import { createMemoryStore } from "@multichat/testing/store";
import { createSeededRandom } from "@multichat/testing/random";
import { atMost, figure } from "../figures/figure.ts";
import { type LargeSpace, buildLargeSpace } from "./large-space.ts";
import type { Row } from "./row.ts";

const known = (): null => null;

export const control: Row = async (context) => {
  const size = context.quick ? { events: 2_000, members: 200 } : { events: 10_000, members: 1_000 };
  context.say("building a large space");
  const space = buildLargeSpace(size.events, size.members);
  const times = { full: [] as number[], one: [] as number[], content: [] as number[], may: [] as number[], open: [] as number[] };
  for (let run = 0; run < context.runs; run++) {
    context.say("judging");
    measure(space, times);
    times.open.push(open(space));
  }
  return [
    figure("judge 10,000 control events anew", "ms", times.full, atMost(100)),
    figure("one more on top of them", "ms", times.one, atMost(1)),
    figure("judge 10,000 messages under 1,000 frontiers", "s", times.content, atMost(2)),
    figure("may()", "µs", times.may, atMost(5)),
    figure("open a space of 1,000 members", "ms", times.open, atMost(300)),
  ];
};

function measure({ events, adoption, messages, members, channel }: LargeSpace, times: { full: number[]; one: number[]; content: number[]; may: number[] }): void {
  const crypto = createNodeCrypto();
  const log = createControlLog(events[0]!.id as never);
  const more = 100;
  for (const event of events.slice(0, -more)) log.add(event);
  const resolver = createResolver(crypto, log, { prove: known });
  resolver.state();
  let started = performance.now();
  for (const event of events.slice(-more)) {
    log.add(event);
    resolver.state();
  }
  times.one.push((performance.now() - started) / more);
  log.add(adoption);
  started = performance.now();
  const state = resolver.state()!;
  times.full.push(performance.now() - started);
  started = performance.now();
  for (const header of messages) if (!judgeContent(log, state, header, [["send"]]).stands) throw new Error("a message of the bench does not stand");
  times.content.push((performance.now() - started) / 1_000);
  started = performance.now();
  const asked = 100_000;
  for (let i = 0; i < asked; i++) may(state, members[i % members.length]!, "send", { channel, at: 0 });
  times.may.push(((performance.now() - started) * 1_000) / asked);
}

/** What a node does with it at its start, the reading of the disk aside. */
function open({ joins, spaceOfJoins }: LargeSpace): number {
  const store = createMemoryStore({ random: createSeededRandom(0) });
  const crypto = createNodeCrypto();
  store.putEvents(joins.map((event) => ({ id: event.id, space: spaceOfJoins, channel: spaceOfJoins, device: event.header.device, seq: event.header.seq, hlc: event.header.hlc, kind: event.header.kind, ...event.wire })));
  const started = performance.now();
  const [first] = joins;
  const replica = createReplica({ store, crypto, self: { device: first!.header.device, account: "" as never } }, spaceOfJoins, 0);
  if (replica.state() === null) throw new Error("the space of the bench is none");
  return performance.now() - started;
}
