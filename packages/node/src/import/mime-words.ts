/** What mails are written in for the way: encoded words (RFC 2047), transfer encodings, charsets, parameters of headers. */

/** `=?utf-8?q?Gr=C3=BC=C3=9Fe?=` */
const word = /=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=/gi;

export function decodeWords(header: string): string {
  return header
    .replaceAll(/\?=\s+(?==\?)/g, "?=")
    .replaceAll(word, (_all, charset: string, encoding: string, text: string) =>
      decodeCharset(
        encoding.toLowerCase() === "b"
          ? Buffer.from(text, "base64")
          : quotedPrintable(text.replaceAll("_", " ")),
        charset,
      ),
    );
}

/** @param text in which each character is a byte */
export function decodeTransfer(text: string, headers: ReadonlyMap<string, string>): string {
  const encoding = (headers.get("content-transfer-encoding") ?? "").trim().toLowerCase();
  const bytes =
    encoding === "base64"
      ? Buffer.from(text, "base64")
      : encoding === "quoted-printable"
        ? quotedPrintable(text.replaceAll(/=[ \t]*\n/g, ""))
        : Buffer.from(text, "latin1");
  return decodeCharset(bytes, parameter(headers.get("content-type") ?? "", "charset") ?? "utf-8");
}

/** Of a header like `text/plain; charset="utf-8"`, also where it stands there in pieces (RFC 2231); null where it has none. */
export function parameter(header: string, name: string): string | null {
  const found = new RegExp(
    `;\\s*${name}(?:\\*(\\d{1,3}))?(\\*?)\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`,
    "gi",
  );
  const pieces = [...header.matchAll(found)].map(([, place = "0", star, quoted, bare = ""]) => ({
    place: Number(place),
    isEncoded: star === "*",
    text: quoted ?? bare,
  }));
  if (pieces.length === 0) return null;
  const [first, ...more] = pieces.sort((a, b) => a.place - b.place);
  const [, charset, encoded] = /^([\w-]+)'[\w-]*'(.*)$/.exec(first!.text) ?? [];
  if (charset === undefined) return first!.text + more.map(({ text }) => text).join("");
  const rest = more.map(({ text, isEncoded }) => (isEncoded ? text : encodeURIComponent(text)));
  return decodeCharset(
    quotedPrintable([encoded ?? "", ...rest].join("").replaceAll("%", "=")),
    charset,
  );
}

function quotedPrintable(text: string): Uint8Array {
  return Buffer.from(
    text.replaceAll(/=([0-9a-f]{2})/gi, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    "latin1",
  );
}

function decodeCharset(bytes: Uint8Array, charset: string): string {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(charset);
  } catch {
    // Of a charset that nobody knows the plain letters are read all the same.
    decoder = new TextDecoder("windows-1252");
  }
  return decoder.decode(bytes);
}
