/** Reports of messages to those who moderate (spec/07-records-and-invites.md, Reports). */
import { may, openReport, sealReport, signRecord } from "@multichat/core";
import type { Crypto, Random, Store, StoredRecord } from "@multichat/core/ports";
import type { Report } from "@multichat/client/contract";
import { type AccountId, type DeviceId, type EventId, decodeReport, decodeReportDone, encodeReport, encodeReportDone, fromHex, hlcTime, nextHlc, toHex } from "@multichat/protocol";
import { Failure } from "../failure.ts";
import { type People, newest, valueOf } from "../trust/people.ts";
import type { Presenter } from "../conversation/present.ts";
import type { Space } from "../joining/spaces.ts";
import type { AccountKeyring } from "../trust/keys.ts";
import type { DeviceKeys } from "../vault.ts";

export interface Reports {
  create(space: Space, message: EventId, reason: string): void;
  /** Those this device can open, open ones first. */
  list(space: Space): Report[];
  open(space: Space): number;
  resolve(space: Space, report: string): void;
}

interface Opened {
  /** The record's key, in hex. */
  id: string;
  message: EventId;
  reason: string;
  by: AccountId;
  at: number;
}

export function createReports(deps: {
  store: Store;
  crypto: Crypto;
  random: Random;
  people: People;
  keys: AccountKeyring;
  present: Pick<Presenter, "message">;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  publish(record: StoredRecord, space: Space): void;
}): Reports {
  const { store, crypto, random, people, device, account } = deps;
  /** Opening costs a key agreement: once for each record. */
  const opened = new Map<string, Opened | null>();

  function sign(space: Space, type: string, key: Uint8Array, value: Uint8Array): void {
    const record = signRecord(crypto, device.signingSeed, {
      scope: space.id, account, device: device.id, type, key, hlc: nextHlc(deps.now(), []), value,
    });
    deps.publish(record, space);
  }

  /** Agreement keys of all who may delete others' messages, this account's own among them if it may. */
  function readers(space: Space): Map<DeviceId, Uint8Array> {
    const state = space.replica.state()!;
    const moderators = [...state.members.keys()].filter((member) => may(state, member, "manage-messages").allowed);
    return new Map(moderators.flatMap((member) => [...deps.keys.agreementKeys(space, member)]));
  }

  function open(space: Space, record: StoredRecord): Opened | null {
    const id = toHex(record.key);
    const name = `${space.id}/${record.account}/${id}`;
    const known = opened.get(name);
    if (known !== undefined) return known;
    const sealed = valueOf(record, decodeReport);
    const content = sealed === null ? null : openReport(crypto, { space: space.id, author: record.account }, { device: device.id, agreementKey: device.agreementKey }, sealed);
    const found = content?.ok ? { id, ...content.value, by: record.account, at: hlcTime(record.hlc) } : null;
    opened.set(name, found);
    return found;
  }

  /** Whoever may delete messages now has said that it is settled. */
  function resolvedBy(space: Space, id: string): Report["resolved"] {
    const state = space.replica.state()!;
    const done = store.records(space.id, "report-done").filter((record) => toHex(record.key) === id && may(state, record.account, "manage-messages").allowed);
    const last = newest(done);
    const at = valueOf(last, decodeReportDone);
    return last === undefined || at === null ? null : { by: people.person(last.account), at };
  }

  function all(space: Space): Opened[] {
    return store.records(space.id, "report").flatMap((record) => open(space, record) ?? []);
  }

  function present(space: Space, { id, message, reason, by, at }: Opened): Report[] {
    const event = store.event(message);
    if (event === null || event.space !== space.id) return [];
    const row = store.timelineEntry(message) ?? { channel: event.channel, id: message, time: event.hlc, unread: false, late: false };
    return [{ id, message: deps.present.message(space, { ...row, event }), by: people.person(by), at, reason, resolved: resolvedBy(space, id) }];
  }

  return {
    create(space, message, reason) {
      const setting = `reported/${message}`;
      if (store.setting(setting) !== null) throw new Failure("bad-request", "You have reported this message already.");
      const sealed = sealReport({ crypto, random }, { space: space.id, author: account }, readers(space), { message, reason });
      if (sealed === null) throw new Failure("not-found", "Nobody here may delete messages, so there is nobody to report this to.");
      sign(space, "report", random.bytes(32), encodeReport(sealed));
      store.transaction(() => store.putSetting(setting, String(Math.floor(deps.now()))));
    },
    list: (space) =>
      all(space)
        .flatMap((report) => present(space, report))
        .sort((a, b) => Number(a.resolved !== null) - Number(b.resolved !== null) || b.at - a.at),
    open: (space) => all(space).filter(({ id }) => resolvedBy(space, id) === null).length,
    resolve(space, id) {
      if (!all(space).some((report) => report.id === id)) throw new Failure("not-found", "There is no such report here.");
      if (resolvedBy(space, id) === null) sign(space, "report-done", fromHex(id), encodeReportDone(Math.floor(deps.now())));
    },
  };
}
