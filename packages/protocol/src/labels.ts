/** The labels that keep hashes and signatures of different things apart (spec/01-encoding.md). */
const encoder = new TextEncoder();
const label = (text: string): Uint8Array => encoder.encode(text);

export const labels = {
  account: label("mc1/account"),
  nextKey: label("mc1/next-key"),
  accountEntry: label("mc1/account-entry"),
  deviceCertificate: label("mc1/device-certificate"),
  deviceAcceptance: label("mc1/device-acceptance"),
  event: label("mc1/event"),
  payload: label("mc1/payload"),
  ownerRole: label("mc1/owner-role"),
  founderGrant: label("mc1/founder-grant"),
  rootStatement: label("mc1/root-statement"),
  record: label("mc1/record"),
  spaceSecret: label("mc1/space-secret"),
  inviteTag: label("mc1/invite-tag"),
  inviteProof: label("mc1/invite-proof"),
  ownKey: label("mc1/own-key"),
  linkProof: label("mc1/link-proof"),
  linkCommit: label("mc1/link-commit"),
  linkEmoji: label("mc1/link-emoji"),
  recovery: label("mc1/recovery"),
  backup: label("mc1/backup"),
  safetyNumber: label("mc1/safety-number"),
  introduction: label("mc1/introduction"),
  report: label("mc1/report"),
  thread: label("mc1/thread"),
  chunk: label("mc1/chunk"),
  page: label("mc1/page"),
  blob: label("mc1/blob"),
} as const;

/** Labels that go into HKDF as info. */
export const infos = { spaceTag: "mc1/space-tag", invite: "mc1/invite" } as const;

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
