/** What the verbs about people ask of the node and print, against a fake engine behind a real local API. */
import type { PersonCard } from "@multichat/client/contract";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fakeId } from "../../api/testing/fake-values.ts";
import { startCli } from "../testing/cli-harness.ts";
import type { CliHarness } from "../testing/cli-harness.ts";

const card = (name: string, of: Partial<PersonCard> = {}): PersonCard => ({
  id: fakeId(`account ${name}`), name, you: false, petname: null, chosenName: name, about: null, pronouns: null, avatar: null,
  vouchedBy: [], verified: null, looksLike: null, contact: false, blocked: false, vouches: [], spaces: [], ...of,
});
const bob = card("Bob");
const ana = card("Anna from work", { petname: "Anna from work", chosenName: "Ana", contact: true });

async function startWith(...people: PersonCard[]): Promise<CliHarness> {
  const cli = await startCli();
  cli.engine.answer("person.list", () => ({ ok: true, value: { people } }));
  return cli;
}

const asked = (cli: CliHarness): unknown => cli.engine.executed.at(-1);

test("MEMBER is a petname, a chosen name, an id or its beginning", async () => {
  await using cli = await startWith(bob, ana);
  for (const given of ["Anna from work", "ana", "ANA", ana.id, ana.id.slice(0, 6)]) {
    expect(await cli.json("contact", "show", given)).toEqual({ person: ana });
  }
  expect(await cli.failure("contact", "show", "Carl")).toEqual({ error: { code: "not-found", message: 'There is no person "Carl" here. There are Bob, Anna from work.' } });
});

test("a MEMBER that could be several is nobody, and a petname does not come before the name of another", async () => {
  const impostor = card("anna FROM work");
  await using cli = await startWith(ana, impostor);
  expect(await cli.failure("contact", "block", "Anna from work")).toEqual({
    error: { code: "ambiguous", message: `"Anna from work" could be Anna from work (${ana.id.slice(0, 12)}), anna FROM work (${impostor.id.slice(0, 12)}). Say which by its id.` },
  });
  expect(cli.engine.executed.map(({ command }) => command)).not.toContain("contact.block");
});

test("verify shows both numbers, and checks the one that is given", async () => {
  await using cli = await startWith(bob);
  const digits = Array.from({ length: 12 }, (_, i) => String(i).repeat(5).slice(0, 5)).join(" ");
  cli.engine.answer("contact.safety-number", () => ({ ok: true, value: { digits, code: "multichat://verify/#X", verified: null } }));
  cli.engine.answer("contact.verify", () => ({ ok: true, value: { person: { ...bob, verified: { at: 1, method: "qr", keysChanged: false } } } }));
  expect(await cli.json("contact", "verify", "Bob")).toEqual({ digits, code: "multichat://verify/#X", verified: null });
  const { out } = await cli.run("contact", "verify", "Bob");
  expect(out.split("\n").slice(1, 4)).toEqual([digits.slice(0, 23), digits.slice(24, 47), digits.slice(48)]);

  await cli.json("contact", "verify", "Bob", digits);
  expect(asked(cli)).toEqual({ command: "contact.verify", params: { account: bob.id, method: "digits", code: digits } });
  expect(await cli.json("contact", "verify", "Bob", "multichat://verify/#Y")).toMatchObject({ person: { name: "Bob", verified: { method: "qr" } } });
  expect(asked(cli)).toMatchObject({ params: { method: "qr", code: "multichat://verify/#Y" } });
});

test("what is said of a person in words", async () => {
  await using cli = await startWith(card("Bob", { petname: "Bob", chosenName: "Bobby", pronouns: "he/him", about: "Cooks", vouchedBy: [ana], verified: { at: 1, method: "digits", keysChanged: true }, looksLike: ana.id }));
  const { out } = await cli.run("contact", "show", "Bob");
  expect(out).toContain("Bob (he/him)\ncalls themselves Bobby; keys changed since verified; vouched for by Anna from work; looks like somebody else\nCooks\n");
});

test("a vouch ends when it is told to", async () => {
  await using cli = await startWith(bob);
  const space = cli.engine.addSpace("Team");
  cli.engine.answer("member.list", () => ({ ok: true, value: { members: [{ ...bob, roles: [], connected: false, devices: 1, joinedAt: 0, lastSeen: null } as never] } }));
  cli.engine.answer("contact.vouch", () => ({ ok: true, value: { person: bob } }));
  await cli.json("contact", "vouch", "Team", "Bob", "--claim", "Robert", "--for", "1d");
  expect(asked(cli)).toMatchObject({ params: { account: bob.id, space: space.id, claim: "Robert", until: expect.any(Number) } });
});

test("introductions are answered by the beginning of their id", async () => {
  await using cli = await startWith(bob, ana);
  const id = "abcdef".padEnd(32, "0");
  const introduction = { id, role: "received" as const, by: bob, people: [{ id: ana.id, name: "Ana", accepted: null }], answer: null, until: 9, state: "open" as const };
  cli.engine.answer("introduction.list", () => ({ ok: true, value: { introductions: [introduction] } }));
  cli.engine.answer("introduction.answer", ({ accept }) => ({ ok: true, value: { introduction: { ...introduction, answer: accept } } }));
  expect((await cli.run("contact", "introductions")).out).toContain("by Bob  waits for your answer");
  expect((await cli.run("contact", "accept", "abcdef")).out).toBe("waits for Ana\n");
  expect(asked(cli)).toEqual({ command: "introduction.answer", params: { introduction: id, accept: true } });
  await cli.json("contact", "decline", id);
  expect(asked(cli)).toMatchObject({ params: { accept: false } });
  expect(await cli.failure("contact", "accept", "123456")).toMatchObject({ error: { code: "not-found" } });
});

test("account set changes what is named, and reads a picture from a file", async () => {
  await using cli = await startCli();
  const folder = await mkdtemp(join(tmpdir(), "picture-"));
  try {
    await writeFile(join(folder, "me.png"), "not really");
    await writeFile(join(folder, "large.png"), Buffer.alloc(32 * 1024 + 1));
    cli.engine.answer("account.set", () => ({ ok: true, value: { person: bob } }));
    await cli.json("account", "set", "--about", "", "--avatar", join(folder, "me.png"));
    expect(asked(cli)).toEqual({ command: "account.set", params: { about: "", avatar: Buffer.from("not really").toString("base64") } });
    await cli.json("account", "set", "--no-avatar");
    expect(asked(cli)).toEqual({ command: "account.set", params: { avatar: null } });
    await cli.json("account", "set", "--name", "Bob");
    expect(asked(cli)).toEqual({ command: "account.set", params: { name: "Bob" } });
    expect(await cli.failure("account", "set", "--avatar", join(folder, "large.png"))).toMatchObject({ error: { code: "too-large" } });
    expect(await cli.failure("account", "set", "--avatar", join(folder, "none.png"))).toMatchObject({ error: { code: "file-unreadable" } });
  } finally {
    await rm(folder, { recursive: true });
  }
});
