/** Steps that stories about own devices share. */
import type { Device, Linking, Recovery } from "@multichat/client/contract";
import { expect } from "vitest";
import type { Person, World } from "./world.ts";

export async function linkingOf(who: Person): Promise<Linking> {
  const { linking } = await who.call("device.link-get", {});
  if (linking === null) throw new Error(`${who.name} links nothing`);
  return linking;
}

/** A second device of somebody, linked as a person would: code, pictures, yes on both sides. */
export async function linkDevice(world: World, existing: Person, name: string): Promise<Person> {
  const fresh = await world.person(name, { account: false });
  const { linking } = await existing.call("device.link", {});
  await fresh.call("device.link-enter", { code: linking.code!, name });
  await world.until("both show pictures", async () => {
    const steps = [(await linkingOf(existing)).step, (await linkingOf(fresh)).step];
    return steps.every((step) => step === "confirm");
  });
  expect((await linkingOf(existing)).emoji).toEqual((await linkingOf(fresh)).emoji);
  await fresh.call("device.link-confirm", { same: true });
  await existing.call("device.link-confirm", { same: true });
  await world.until("the new device has the account", async () => (await fresh.call("account.get", {})).account !== null);
  await world.until("the old one knows", async () => (await linkingOf(existing)).step === "done");
  return fresh;
}

/** A device without an account finds out by the words whose they are. */
export async function findAccount(world: World, fresh: Person, words: string[], via?: string): Promise<Recovery> {
  await fresh.call("account.recover", { words, name: fresh.name, ...(via === undefined ? {} : { via }) });
  await world.until("the account is found", async () => (await fresh.call("account.recover-get", {})).recovery?.step === "found");
  return (await fresh.call("account.recover-get", {})).recovery!;
}

export async function spacesOf(who: Person): Promise<string[]> {
  return (await who.call("space.list", {})).spaces.map(({ name }) => name).sort();
}

export async function devicesOf(who: Person): Promise<Record<string, Device["standing"]>> {
  const { devices } = await who.call("device.list", {});
  return Object.fromEntries(devices.map(({ name, standing }) => [name, standing]));
}
