/** Safety numbers and sealed introductions against spec/vectors/…/trust.json. */
import { readFileSync } from "node:fs";
import { groupedDigits, openIntroduction, safetyNumber, sealIntroduction } from "@multichat/core";
import { createNodeCrypto } from "@multichat/crypto";
import { type AccountId, type DeviceId, type IntroductionContent, type SpaceId, decodeIntroduction, encodeIntroduction, encodeIntroductionContent, fromHex, limits, toHex } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { describe, expect, it, test } from "vitest";

interface Place {
  space: SpaceId;
  author: AccountId;
  reader: AccountId;
  encoding: string;
}
interface Sealed extends Place {
  name: string;
  devices: { device: DeviceId; agreementKey: string }[];
  content: IntroductionContent;
}
type Tampered = Place & { why: string; device: DeviceId; agreementKey: string };

const read = (folder: string): unknown => JSON.parse(readFileSync(new URL(`../../../spec/vectors/${folder}/trust.json`, import.meta.url), "utf8"));
const valid = read("valid") as { safetyNumbers: { a: AccountId; b: AccountId; number: string }[]; introductions: Sealed[] };
const { refusedWhenVerified } = read("invalid") as { refusedWhenVerified: Tampered[] };
const crypto = createNodeCrypto();

function open(place: Place, device: DeviceId, agreementKey: string) {
  const sealed = decodeIntroduction(fromHex(place.encoding));
  if (!sealed.ok) throw new Error(sealed.error);
  return openIntroduction(crypto, place, { device, agreementKey: fromHex(agreementKey) }, sealed.value);
}

describe("safety numbers", () => {
  it.each(valid.safetyNumbers)("$number", ({ a, b, number }) => {
    expect(safetyNumber(crypto, a, b)).toBe(number);
    expect(safetyNumber(crypto, b, a)).toBe(number);
    expect(number).toMatch(/^\d{60}$/);
  });

  it("are shown in twelve groups of five", () => {
    expect(groupedDigits("1234567890".repeat(6)).split(" ")).toEqual(Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? "12345" : "67890")));
  });
});

describe("introductions", () => {
  it.each(valid.introductions)("opens on every device it is for: $name", (item) => {
    for (const { device, agreementKey } of item.devices) {
      expect(open(item, device, agreementKey)).toEqual({ ok: true, value: item.content });
    }
  });

  it.each(refusedWhenVerified)("does not open $why", (item) => {
    expect(open(item, item.device, item.agreementKey).ok).toBe(false);
  });

  test("all that there may be to say fits into a record", () => {
    const offer = {
      id: "00".repeat(16),
      subject: valid.safetyNumbers[0]!.a,
      name: "🦄".repeat(limits.name / 2),
      peers: Array.from({ length: limits.introductionPeers }, () => ({
        device: "00".repeat(32) as DeviceId,
        addresses: Array.from({ length: limits.introductionAddresses }, () => "a".repeat(limits.address)),
      })),
      until: 2 ** 47 - 1,
      accepted: true,
    };
    const content = {
      offers: Array.from({ length: limits.introductionOffers }, () => offer),
      answers: Array.from({ length: limits.introductionAnswers }, () => ({ id: offer.id, accepted: true })),
    };
    const random = createSeededRandom(1);
    const readers = new Map(Array.from({ length: limits.introductionBoxes + 1 }, () => [toHex(random.bytes(32)) as DeviceId, crypto.agreementPublicKey(random.bytes(32))]));
    const { space, author, reader } = valid.introductions[0]!;
    const sealed = sealIntroduction({ crypto, random }, { space, author, reader }, readers, content)!;
    expect(encodeIntroductionContent(content).length + 16).toBeLessThanOrEqual(limits.introduction);
    expect(sealed.boxes.length).toBe(limits.introductionBoxes);
    expect(encodeIntroduction(sealed).length).toBeLessThanOrEqual(limits.recordValue);
  });
});
