import { type DeviceId, decodeCertificate, decodeCertificateBody, idFromBytes } from "@multichat/protocol";

/** Whose signature a certificate bears: the identity key, or another device. */
export function voucherOf(certificate: Uint8Array): DeviceId {
  const decoded = decodeCertificate(certificate);
  const body = decoded.ok ? decodeCertificateBody(decoded.value.body) : decoded;
  if (!body.ok) throw new Error(`own certificate: ${body.error}`);
  return idFromBytes<DeviceId>(body.value.by);
}
