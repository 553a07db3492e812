import { generateKeyPairSync } from "node:crypto";
import { type DeviceId, idFromBytes, peerIdText } from "@multichat/protocol";
import { expect, test } from "vitest";
import { deviceOf, peerIdOf } from "./device-key.ts";

test("a device's peer id is its key, and libp2p writes it as we do", () => {
  const { x } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const device = idFromBytes<DeviceId>(Buffer.from(x!, "base64url"));
  const peer = peerIdOf(device);
  expect(peer === null ? null : deviceOf(peer)).toBe(device);
  expect(peer?.toString()).toBe(peerIdText(device));
});
