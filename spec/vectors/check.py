#!/usr/bin/env python3
"""An independent reader of the Multichat formats, written from the text of spec/ alone, in Python's standard library.

It reads the vector files beside it: every valid case must read as its fields say and be written back to the same bytes,
with the ids, hashes, tags and signatures that the spec derives; every invalid case must be refused. Prints what it counted;
exits with 1 if anything disagrees.
"""

import base64
import hashlib
import hmac
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent


class Refused(Exception):
    """Input that the spec tells a reader to refuse."""


def need(condition, why):
    if not condition:
        raise Refused(why)


# 01: deterministic CBOR. Integers are int, byte strings bytes, text str, maps dict.

MAX_NESTING = 16


def cbor_encode(value):
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return cbor_head(0, value)
    if isinstance(value, bytes):
        return cbor_head(2, len(value)) + value
    if isinstance(value, str):
        encoded = value.encode("utf-8")
        return cbor_head(3, len(encoded)) + encoded
    if isinstance(value, (list, tuple)):
        return cbor_head(4, len(value)) + b"".join(map(cbor_encode, value))
    pairs = sorted((cbor_encode(key), cbor_encode(item)) for key, item in value.items())
    return cbor_head(5, len(pairs)) + b"".join(key + item for key, item in pairs)


def cbor_head(major, argument):
    need(0 <= argument < 2**64, "integer out of range")
    if argument < 24:
        return bytes([major << 5 | argument])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << (8 * size):
            return bytes([major << 5 | info]) + argument.to_bytes(size, "big")
    raise AssertionError


def cbor_decode(data):
    value, end = cbor_item(data, 0, 0)
    need(end == len(data), "bytes after the value")
    need(cbor_encode(value) == data, "not the deterministic encoding")
    return value


def cbor_item(data, at, depth):
    need(depth <= MAX_NESTING, "nested too deeply")
    need(at < len(data), "cut short")
    major, info = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        need(info in (20, 21, 22), "a float or another simple value")
        return {20: False, 21: True, 22: None}[info], at
    need(major not in (1, 6), "a negative number or a tag")
    need(info <= 27, "an indefinite length or a reserved one")
    argument = info
    if info >= 24:
        size = 1 << (info - 24)
        need(at + size <= len(data), "cut short")
        argument = int.from_bytes(data[at : at + size], "big")
        at += size
    if major == 0:
        return argument, at
    need(argument <= len(data) - at, "cut short")
    if major in (2, 3):
        piece = data[at : at + argument]
        if major == 2:
            return piece, at + argument
        try:
            return piece.decode("utf-8"), at + argument
        except UnicodeDecodeError:
            raise Refused("not UTF-8") from None
    if major == 4:
        items = []
        for _ in range(argument):
            item, at = cbor_item(data, at, depth + 1)
            items.append(item)
        return items, at
    pairs = {}
    for _ in range(argument):
        key, at = cbor_item(data, at, depth + 1)
        need(isinstance(key, str), "a key that is not text")
        need(key not in pairs, "a key twice")
        pairs[key], at = cbor_item(data, at, depth + 1)
    return pairs, at


# 01: hashes, keys and strict Ed25519.


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def h(label, *parts):
    return sha256(label.encode("ascii"), *parts)


def mac(key, *parts):
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


def kdf(secret, label):
    return mac(mac(bytes(32), secret), label.encode("ascii"), b"\x01")


P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, k = b - a, d - c, d + c, b + a
    return (e * f % P, g * k % P, f * g % P, e * k % P)


def point_times(n, p):
    result = (0, 1, 1, 0)
    while n:
        if n & 1:
            result = point_add(result, p)
        p = point_add(p, p)
        n >>= 1
    return result


def point_encode(p):
    inverse = pow(p[2], P - 2, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def point_decode(data):
    """None for an encoding that is not canonical or no point."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
IDENTITY = (1).to_bytes(32, "little")


def small_order(p):
    return point_encode(point_times(8, p)) == IDENTITY


def ed25519_public(seed):
    return point_encode(point_times(secret_scalar(seed)[0], BASE))


def secret_scalar(seed):
    expanded = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(expanded[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, expanded[32:]


def ed25519_sign(seed, message):
    scalar, prefix = secret_scalar(seed)
    public = point_encode(point_times(scalar, BASE))
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    r_encoded = point_encode(point_times(r, BASE))
    k = int.from_bytes(hashlib.sha512(r_encoded + public + message).digest(), "little") % L
    return r_encoded + ((r + k * scalar) % L).to_bytes(32, "little")


def ed25519_verify(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = point_decode(public), point_decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or small_order(a) or small_order(r):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    minus_a = (P - a[0], a[1], a[2], P - a[3])
    return point_encode(point_add(point_times(s, BASE), point_times(k, minus_a))) == signature[:32]


def signed(key, label, data, signature):
    need(ed25519_verify(key, label.encode("ascii") + data, signature), "a signature that does not verify")


# Readers of one field each: from a CBOR value to JSON, and back. The JSON of a vector names bytes in hex.


class Field:
    def __init__(self, read, write):
        self.read, self.write = read, write


def exactly(items, count):
    need(isinstance(items, list) and len(items) == count, f"not an array of {count}")
    return items


def uint(most=2**53 - 1, least=0):
    def read(value):
        need(isinstance(value, int) and not isinstance(value, bool) and least <= value <= most, "integer out of bounds")
        return value

    return Field(read, lambda value: value)


def big_uint(most):
    bounded = uint(most)
    return Field(lambda value: str(bounded.read(value)), int)


def raw(least, most):
    def read(value):
        need(isinstance(value, bytes) and least <= len(value) <= most, "not bytes of that length")
        return value.hex()

    return Field(read, bytes.fromhex)


def utf16_length(value):
    return len(value.encode("utf-16-le")) // 2


def text(least, most, form=None):
    def read(value):
        need(isinstance(value, str) and least <= utf16_length(value) <= most, "not text of that length")
        need(form is None or re.fullmatch(form, value, re.ASCII), "text of another form")
        return value

    return Field(read, lambda value: value)


def one_of(*choices):
    def read(value):
        need(isinstance(value, str) and value in choices, f"none of {choices}")
        return value

    return Field(read, lambda value: value)


def read_flag(value):
    need(isinstance(value, bool), "neither true nor false")
    return value


def constant(expected):
    def read(value):
        need(isinstance(value, type(expected)) and not isinstance(value, bool) and value == expected, f"not {expected}")
        return value

    return Field(read, lambda value: value)


def nullable(field):
    return Field(
        lambda value: None if value is None else field.read(value),
        lambda value: None if value is None else field.write(value),
    )


def array(field, most, least=0):
    def read(value):
        need(isinstance(value, list) and least <= len(value) <= most, "not an array of that length")
        return [field.read(item) for item in value]

    return Field(read, lambda value: [field.write(item) for item in value])


def ascending(field, most, least=0, by=lambda item: item):
    plain = array(field, most, least)

    def read(value):
        items = plain.read(value)
        keys = [by(item) for item in items]
        need(all(a < b for a, b in zip(keys, keys[1:])), "not in ascending order")
        return items

    return Field(read, plain.write)


def row(*fields):
    """A CBOR array of these fields, as a JSON array."""
    return Field(
        lambda value: [field.read(item) for field, item in zip(fields, exactly(value, len(fields)))],
        lambda value: [field.write(item) for field, item in zip(fields, value)],
    )


def record(**fields):
    """A CBOR array of these fields in this order, as a JSON object."""
    return Field(
        lambda value: {name: field.read(item) for (name, field), item in zip(fields.items(), exactly(value, len(fields)))},
        lambda value: [field.write(value[name]) for name, field in fields.items()],
    )


def versioned(**fields):
    """`record` behind the version, which is looked at first."""
    inner = record(**fields)

    def read(value):
        need(isinstance(value, list) and value and value[0] == 1 and not isinstance(value[0], bool), "another version")
        return inner.read(value[1:])

    return Field(read, lambda value: [1, *inner.write(value)])


def closed_map(**fields):
    """A CBOR map with exactly these keys."""

    def read(value):
        need(isinstance(value, dict) and set(value) == set(fields), "missing or additional keys")
        return {name: field.read(value[name]) for name, field in fields.items()}

    return Field(read, lambda value: {name: field.write(value[name]) for name, field in fields.items()})


def read_ranges(value):
    need(isinstance(value, list) and len(value) % 2 == 0 and len(value) <= 512, "not an array of ranges")
    flat = [uint(least=1).read(item) for item in value]
    ranges = [list(pair) for pair in zip(flat[::2], flat[1::2])]
    need(all(a <= b for a, b in ranges), "an empty range")
    need(all(a[1] + 1 < b[0] for a, b in zip(ranges, ranges[1:])), "ranges that touch")
    return ranges


ident = raw(32, 32)
tag = raw(16, 16)
signature_field = raw(64, 64)
flag = Field(read_flag, lambda value: value)
ranges = Field(read_ranges, lambda value: [seq for pair in value for seq in pair])
hlc = big_uint(2**63 - 1)
time = uint(2**47 - 1)
seq = uint(least=1)
name = text(1, 64)
address = text(1, 256)


def read_with(field, data):
    return field.read(cbor_decode(data))


def unfields(field):
    return lambda data: read_with(field, data)


# Tagged JSON for values of any type.


def to_tagged(value):
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return {"uint": str(value)}
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, list):
        return {"array": [to_tagged(item) for item in value]}
    ordered = sorted(value.items(), key=lambda pair: cbor_encode(pair[0]))
    return {"map": [[key, to_tagged(item)] for key, item in ordered]}


def from_tagged(value):
    if value is None or isinstance(value, bool):
        return value
    ((kind, inner),) = value.items()
    if kind == "uint":
        return int(inner)
    if kind == "bytes":
        return bytes.fromhex(inner)
    if kind == "text":
        return inner
    if kind == "array":
        return [from_tagged(item) for item in inner]
    return {key: from_tagged(item) for key, item in inner}


# 02: accounts.

account_genesis = versioned(identityKey=ident, nextKeyHash=ident)
certificate_body = versioned(account=ident, device=ident, agreementKey=ident, by=ident, hlc=hlc)
signed_entry = record(
    entry=raw(0, 16384),
    signatures=ascending(record(key=ident, signature=signature_field), 4, 1, by=lambda pair: pair["key"]),
)
certificate = record(
    genesis=raw(0, 16384), rotations=array(signed_entry, 32), body=raw(0, 16384), signature=signature_field
)
REASONS = ["retired", "lost", "stolen"]
reason = Field(lambda value: REASONS[uint(2).read(value)], REASONS.index)
ENTRY_BODIES = {
    "device.add": record(certificate=raw(0, 16384), acceptance=signature_field),
    "device.revoke": record(device=ident, reason=reason),
    "key.rotate": record(identityKey=ident, nextKeyHash=ident),
}
entry_envelope = versioned(
    account=ident, parents=ascending(ident, 8), hlc=hlc, type=one_of(*ENTRY_BODIES), body=Field(lambda v: v, lambda v: v)
)


def read_entry(value):
    envelope = entry_envelope.read(value)
    kind = envelope.pop("type")
    return {**envelope, "body": {"type": kind, **ENTRY_BODIES[kind].read(envelope["body"])}}


def write_entry(fields):
    kind = fields["body"]["type"]
    return entry_envelope.write({**fields, "type": kind, "body": ENTRY_BODIES[kind].write(fields["body"])})


account_entry = Field(read_entry, write_entry)


def check_entry(data):
    """A signed entry, as far as it can be judged without the log around it. Returns the entry and who signed it."""
    outer = read_with(signed_entry, data)
    encoding = bytes.fromhex(outer["entry"])
    entry = read_with(account_entry, encoding)
    for pair in outer["signatures"]:
        signed(bytes.fromhex(pair["key"]), "mc1/account-entry", encoding, bytes.fromhex(pair["signature"]))
    signers = {pair["key"] for pair in outer["signatures"]}
    body = entry["body"]
    if body["type"] == "device.add":
        certified = check_certificate(bytes.fromhex(body["certificate"]), bytes.fromhex(body["acceptance"]))
        need(certified["account"] == entry["account"], "a certificate of another account")
        need({certified["by"], certified["device"]} <= signers, "not signed by the certifier and the device")
    if body["type"] == "key.rotate":
        need(body["identityKey"] in signers, "not signed by the new identity key")
    return entry, signers


def check_certificate(data, acceptance):
    """Well signed, or refused. Returns the body."""
    outer = read_with(certificate, data)
    genesis_bytes, body_bytes = bytes.fromhex(outer["genesis"]), bytes.fromhex(outer["body"])
    genesis, body = read_with(account_genesis, genesis_bytes), read_with(certificate_body, body_bytes)
    need(h("mc1/account", genesis_bytes).hex() == body["account"], "a genesis of another account")
    identity, committed = genesis["identityKey"], genesis["nextKeyHash"]
    for rotation in outer["rotations"]:
        entry, signers = check_entry(cbor_encode(signed_entry.write(rotation)))
        need(entry["account"] == body["account"], "a rotation of another account")
        need(entry["body"]["type"] == "key.rotate", "not a rotation")
        following = entry["body"]["identityKey"]
        need({identity, following} <= signers, "a rotation without both signatures")
        need(h("mc1/next-key", bytes.fromhex(following)).hex() == committed, "a key that was not committed to")
        identity, committed = following, entry["body"]["nextKeyHash"]
    signed(bytes.fromhex(body["by"]), "mc1/device-certificate", body_bytes, bytes.fromhex(outer["signature"]))
    signed(bytes.fromhex(body["device"]), "mc1/device-acceptance", body_bytes, acceptance)
    return body


# 03: headers, events, content.


def read_ext(value):
    need(isinstance(value, dict) and len(cbor_encode(value)) <= 256, "no ext, or too large")
    return to_tagged(value)


header_fields = versioned(
    space=ident,
    channel=ident,
    device=ident,
    seq=seq,
    prev=ident,
    deps=ascending(ident, 8),
    ctl=ascending(ident, 4),
    auth=ident,
    hlc=hlc,
    kind=text(1, 64, "[a-z0-9.-]+"),
    expires=time,
    payloadLength=uint(65536),
    payloadHash=ident,
    ext=Field(read_ext, from_tagged),
)
ZERO = "00" * 32


def read_header(data):
    need(len(data) <= 1024, "a header above 1,024 bytes")
    header = read_with(header_fields, data)
    need((header["prev"] == ZERO) == (header["seq"] == 1), "prev and seq do not fit")
    if header["kind"] == "genesis":
        need(header["space"] == header["channel"] == header["auth"] == ZERO and header["seq"] == 1, "not a genesis")
        need(header["ctl"] == [], "a genesis with heads")
    else:
        need(header["space"] != ZERO and header["channel"] != ZERO, "no space or no channel")
        need(header["ctl"] != [], "no heads")
    if header["channel"] == header["space"]:
        need(header["deps"] == [], "deps in the control log")
    return header


full_event = record(header=raw(0, 1024), signature=signature_field, salt=tag, payload=raw(0, 65536))
stub_event = record(header=raw(0, 1024), signature=signature_field)


def read_event_value(value):
    if isinstance(value, list) and len(value) == 2:
        return {**stub_event.read(value), "salt": None, "payload": None}
    return full_event.read(value)


event_field = Field(
    read_event_value, lambda value: (stub_event if value["payload"] is None else full_event).write(value)
)


def check_event(data):
    event = read_with(event_field, data)
    header_bytes = bytes.fromhex(event["header"])
    header = read_header(header_bytes)
    signed(bytes.fromhex(header["device"]), "mc1/event", header_bytes, bytes.fromhex(event["signature"]))
    if event["payload"] is not None:
        salt, payload = bytes.fromhex(event["salt"]), bytes.fromhex(event["payload"])
        need(len(payload) == header["payloadLength"], "another length of the payload")
        need(h("mc1/payload", salt, payload).hex() == header["payloadHash"], "another payload")
    return event, header


WHITE_SPACE = (
    "\t\n\u000b\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
)


def fallback(data):
    try:
        value = cbor_decode(data)
    except Refused:
        return ""
    found = value.get("text") if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


# 07: records and invite links.

record_fields = versioned(
    scope=ident,
    account=ident,
    device=ident,
    type=text(1, 32, "[a-z0-9.-]+"),
    key=raw(0, 64),
    hlc=hlc,
    value=raw(0, 65536),
)
signed_record = record(record=raw(0, 65536 + 1024), signature=signature_field)
addresses = array(address, 16)
ack = ascending(record(device=ident, ranges=ranges), 65536, by=lambda held: held["device"])


def check_record(data):
    outer = read_with(signed_record, data)
    encoding = bytes.fromhex(outer["record"])
    fields = read_with(record_fields, encoding)
    signed(bytes.fromhex(fields["device"]), "mc1/record", encoding, bytes.fromhex(outer["signature"]))
    return fields


def read_profile(data):
    value = cbor_decode(data)
    need(isinstance(value, dict), "not a map")
    optional = {key: text(1, most).read(value[key]) if key in value else None for key, most in (("about", 500), ("pronouns", 40))}
    return {"name": name.read(value.get("name")), **optional}


def image_kind(data):
    """Type, width and height, by the table of 10."""

    def number(at, size, order="big"):
        need(at + size <= len(data), "an image cut short")
        return int.from_bytes(data[at : at + size], order)

    if data.startswith(bytes.fromhex("89504e470d0a1a0a0000000d49484452")):
        return "image/png", number(16, 4), number(20, 4)
    if data.startswith(b"\xff\xd8"):
        at = 2
        while True:
            need(number(at, 1) == 0xFF, "no segment")
            marker = number(at + 1, 1)
            if marker == 0xFF:
                at += 1
                continue
            need(marker not in (0xDA, 0xD9), "no frame")
            if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
                return "image/jpeg", number(at + 7, 2), number(at + 5, 2)
            length = number(at + 2, 2)
            need(length >= 2, "a length below its own")
            at += 2 + length
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        if data[12:16] == b"VP8X":
            return "image/webp", number(24, 3, "little") + 1, number(27, 3, "little") + 1
        if data[12:16] == b"VP8L" and data[20:21] == b"\x2f":
            packed = number(21, 4, "little")
            return "image/webp", packed % 2**14 + 1, packed // 2**14 % 2**14 + 1
        if data[12:16] == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
            return "image/webp", number(26, 2, "little") % 2**14, number(28, 2, "little") % 2**14
    raise Refused("no image")


def read_avatar(data):
    value = cbor_decode(data)
    if value is None:
        return None
    raw(0, 32768).read(value)
    kind, width, height = image_kind(value)
    need(1 <= width <= 1024 and 1 <= height <= 1024, "too large")
    return {"type": kind, "width": width, "height": height}


def read_vouch(data):
    value = cbor_decode(data)
    if value is None:
        return None
    need(isinstance(value, dict), "not a map")
    return {"claim": name.read(value.get("claim")), "until": time.read(value.get("until"))}


# 13: presence.

presence = record(state=one_of("online", "away", "dnd"), lastSeen=flag)
typing = record(channel=ident, thread=nullable(ident))
read_mark = nullable(ident)


def read_status(data):
    value = cbor_decode(data)
    if value is None:
        return None
    need(isinstance(value, dict), "not a map")
    fields = {"emoji": emoji, "text": one_line(100), "away": one_line(200)}
    found = {key: field.read(value[key]) if key in value else None for key, field in fields.items()}
    return {**found, "until": time.read(value.get("until"))}


root_request = nullable(record(generation=seq, next=ident, heads=ascending(ident, 4, 1), seq=seq))
root_approval = ascending(row(ident, signature_field), 8, 1, by=lambda pair: pair[0])


def asked_of_root(case, request):
    """What the keys that may take over sign of a request, without the label."""
    space, device = bytes.fromhex(case["space"]), bytes.fromhex(case["device"])
    generation, following, heads, place = (request[field] for field in ("generation", "next", "heads", "seq"))
    rotation = {"generation": generation, "keys": [bytes.fromhex(key) for key in case["keys"]], "k": case["k"], "next": bytes.fromhex(following)}
    payload_hash = h("mc1/payload", cbor_encode(rotation))
    return cbor_encode([space, generation, "root.rotate", payload_hash, [bytes.fromhex(head) for head in heads], device, place])


def check_approval(case):
    statement = asked_of_root(case, read_with(root_request, bytes.fromhex(case["request"])))
    approvals = read_with(root_approval, bytes.fromhex(case["encoding"]))
    for key, signature in approvals:
        need(key in case["keys"], "a key that the root does not commit to")
        signed(bytes.fromhex(key), "mc1/root-statement", statement, bytes.fromhex(signature))
    return approvals


# 10: trust.


def safety_half(account):
    digest = account
    for _ in range(5200):
        digest = h("mc1/safety-number", digest, account)
    return "".join(f"{int.from_bytes(digest[i : i + 5], 'big') % 100000:05}" for i in range(0, 30, 5))


code_fields = versioned(account=ident, identityKey=ident)
CODE_START = "multichat://verify/#"


def code_text(body):
    return CODE_START + base64.urlsafe_b64encode(body + sha256(body)[:4]).decode("ascii").rstrip("=")


def read_code(given):
    whole = given.strip(WHITE_SPACE)
    need(len(whole) <= 256 and whole.startswith(CODE_START), "too long, or begins otherwise")
    encoded = whole.removeprefix(CODE_START)
    need(re.fullmatch("[A-Za-z0-9_-]*", encoded) and len(encoded) % 4 != 1, "not base64url")
    data = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    need(len(data) > 4 and sha256(data[:-4])[:4] == data[-4:], "a wrong checksum")
    need(code_text(data[:-4]) == whole, "not the text it would be written as")
    return read_with(code_fields, data[:-4]), data[:-4]


introduction = record(
    boxes=ascending(record(device=ident, enc=ident, wrapped=raw(48, 48)), 32, 1, by=lambda box: box["device"]),
    ciphertext=raw(0, 60000),
)
introduction_content = versioned(
    offers=array(
        record(
            id=tag,
            subject=ident,
            name=name,
            peers=array(record(device=ident, addresses=array(address, 4)), 4),
            until=time,
            accepted=flag,
        ),
        8,
    ),
    answers=array(record(id=tag, accepted=flag), 32),
)


def x25519(scalar, u):
    """RFC 7748, section 5."""
    clamped = int.from_bytes(scalar, "little") & ~7 & (2**255 - 1) | 2**254
    x1 = int.from_bytes(u, "little") % 2**255
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in reversed(range(255)):
        bit = clamped >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb, aa, bb = d * a, c * b, a * a, b * b
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, (aa - bb) * (aa + 121665 * (aa - bb)) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


def chacha_block(key, counter, nonce):
    """RFC 8439, section 2.3."""
    words = lambda data: [int.from_bytes(data[i : i + 4], "little") for i in range(0, len(data), 4)]
    start = words(b"expand 32-byte k") + words(key) + [counter] + words(nonce)
    state = list(start)
    rotate = lambda value, by: (value << by | value >> 32 - by) & 0xFFFFFFFF
    rounds = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)]
    rounds += [(0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]
    for _ in range(10):
        for a, b, c, d in rounds:
            for x, y, z, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                state[x] = (state[x] + state[y]) & 0xFFFFFFFF
                state[z] = rotate(state[z] ^ state[x], by)
    return b"".join(((a + b) & 0xFFFFFFFF).to_bytes(4, "little") for a, b in zip(state, start))


def aead_open(key, nonce, sealed, aad):
    """ChaCha20-Poly1305, RFC 8439, section 2.8."""
    need(len(sealed) >= 16, "too short for a tag")
    body, found = sealed[:-16], sealed[-16:]
    one_time = chacha_block(key, 0, nonce)
    r = int.from_bytes(one_time[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    padded = lambda data: data + bytes(-len(data) % 16)
    message = padded(aad) + padded(body) + len(aad).to_bytes(8, "little") + len(body).to_bytes(8, "little")
    total = 0
    for i in range(0, len(message), 16):
        total = (total + int.from_bytes(message[i : i + 16] + b"\x01", "little")) * r % (2**130 - 5)
    expected = ((total + int.from_bytes(one_time[16:32], "little")) % 2**128).to_bytes(16, "little")
    need(expected == found, "a wrong tag")
    stream = b"".join(chacha_block(key, 1 + i, nonce) for i in range((len(body) + 63) // 64))
    return bytes(a ^ b for a, b in zip(body, stream))


def hpke_open(private, info, enc, sealed):
    """RFC 9180, base mode with X25519, HKDF-SHA256 and ChaCha20Poly1305; the first message, without aad."""
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x03"
    extract = lambda ident, salt, label, ikm: mac(salt, b"HPKE-v1", ident, label, ikm)
    expand = lambda ident, prk, label, info, size: mac(prk, bytes([0, size]), b"HPKE-v1", ident, label, info, b"\x01")[:size]
    public = x25519(private, bytes([9]) + bytes(31))
    shared = expand(kem, extract(kem, b"", b"eae_prk", x25519(private, enc)), b"shared_secret", enc + public, 32)
    context = b"\x00" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    secret = extract(suite, shared, b"secret", b"")
    return aead_open(expand(suite, secret, b"key", context, 32), expand(suite, secret, b"base_nonce", context, 12), sealed, b"")


def open_introduction(data, place, device, private):
    sealed = read_with(introduction, data)
    info = b"".join([b"mc1/introduction", *unhex(place, "space", "author", "reader")])
    boxes = [box for box in sealed["boxes"] if box["device"] == device]
    need(boxes != [], "not for this device")
    key = hpke_open(private, info, *unhex(boxes[0], "enc", "wrapped"))
    return aead_open(key, bytes(12), bytes.fromhex(sealed["ciphertext"]), info)


link_fields = versioned(
    space=ident,
    heads=ascending(ident, 4),
    invite=ident,
    secret=ident,
    peers=array(record(device=ident, addresses=array(address, 8)), 8, 1),
    spaceName=name,
    inviterName=name,
)
LINK_START = "multichat://join/#"


def link_text(body):
    return LINK_START + base64.urlsafe_b64encode(body + sha256(body)[:4]).decode("ascii").rstrip("=")


def read_link(given):
    whole = given.strip(WHITE_SPACE)
    need(len(whole) <= 4096, "too long")
    encoded = whole.removeprefix(LINK_START)
    need(re.fullmatch("[A-Za-z0-9_-]*", encoded) and len(encoded) % 4 != 1, "not base64url")
    data = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    need(len(data) > 4, "cut short")
    body, checksum = data[:-4], data[-4:]
    need(link_text(body) == LINK_START + encoded and sha256(body)[:4] == checksum, "a wrong checksum")
    return read_with(link_fields, body), body


# 06: frames. Names of fields are those of the vectors; their order is that of the spec.

alias = uint(65535)
point = record(incarnation=tag, arrival=uint())
reason_text = text(0, 256)
number = uint()
blob_part = one_of("list", "page", "chunk")


def read_tags(value):
    need(isinstance(value, list) and len(value) % 8 == 0, "tags that were not filled up")
    return array(tag, 1024).read(value)


def read_wanted(value):
    wanted = record(device=ident, **{"from": seq, "to": seq}).read(value)
    need(wanted["from"] <= wanted["to"], "an empty range")
    return wanted


def read_held(value):
    held = holdings_row.read(value)
    need(held["ranges"] != [], "a row that holds nothing")
    return held


holdings_row = record(channel=ident, device=ident, ranges=ranges, tip=ident, forks=ascending(ident, 2))
wanted_row = record(device=ident, **{"from": seq, "to": seq})
FRAMES = {
    0: ("hello", record(versions=array(number, 16), nonce=tag, time=time, agent=text(0, 64))),
    1: ("tags", record(tags=Field(read_tags, array(tag, 1024).write))),
    2: (
        "open",
        record(
            tag=tag,
            alias=alias,
            incarnation=tag,
            arrival=number,
            since=nullable(point),
            heads=ascending(ident, 512),
            digest=ident,
            yours=array(record(channel=ident, seq=seq, id=ident), 512),
        ),
    ),
    3: ("close", record(alias=alias, code=one_of("removed", "left", "wrong-rules", "stopped"), text=reason_text)),
    4: (
        "holdings",
        record(
            alias=alias,
            complete=flag,
            through=number,
            final=flag,
            rows=array(Field(read_held, holdings_row.write), 512),
        ),
    ),
    5: (
        "want",
        record(
            alias=alias,
            request=number,
            channel=ident,
            ranges=array(Field(read_wanted, wanted_row.write), 512),
            credit=number,
        ),
    ),
    6: ("credit", record(alias=alias, request=number, credit=number)),
    7: ("get", record(alias=alias, request=number, ids=array(ident, 512))),
    8: ("events", record(alias=alias, request=number, events=array(event_field, 262144))),
    9: ("end", record(alias=alias, request=number, missing=array(ident, 512))),
    10: ("records", record(alias=alias, records=array(signed_record, 262144))),
    11: ("digests", record(alias=alias, channels=array(record(channel=ident, buckets=raw(512, 512)), 512))),
    12: ("invited", record(tag=tag)),
    13: (
        "join",
        record(
            tag=tag, account=ident, certificate=raw(0, 16384), acceptance=signature_field, proof=signature_field
        ),
    ),
    14: (
        "admission",
        record(
            tag=tag,
            code=one_of("ok", "invite-expired", "invite-used-up", "invite-revoked", "invite-unknown"),
            secret=nullable(ident),
            events=number,
        ),
    ),
    15: ("ping", record(value=number)),
    16: ("pong", record(value=number)),
    17: ("ephemeral", record(alias=alias, kind=name, ttl=uint(120000), value=raw(0, 1024))),
    18: (
        "bye",
        record(
            code=one_of("version", "malformed", "out-of-order", "too-slow", "self", "stopped", "other"),
            text=reason_text,
        ),
    ),
    19: ("device", record(step=uint(11), value=raw(0, 200000))),
    20: (
        "offer",
        record(
            id=ident,
            secret=ident,
            heads=ascending(ident, 4, 1),
            peers=array(record(device=ident, addresses=array(address, 8)), 8),
            people=ascending(ident, 64),
            name=text(0, 64),
            account=ident,
            log=array(raw(0, 65536), 512),
        ),
    ),
    21: ("fetch", record(alias=alias, request=number, blob=ident, part=blob_part, index=uint(2**23 - 1), count=uint(16))),
    22: ("piece", record(alias=alias, request=number, part=blob_part, index=uint(2**23 - 1), bytes=raw(0, 131072))),
}
FRAME_NUMBERS = {kind: nr for nr, (kind, _) in FRAMES.items()}


def read_frame(data):
    need(len(data) <= 262144, "a frame above 256 KiB")
    value = cbor_decode(data)
    need(isinstance(value, list) and value and type(value[0]) is int and value[0] in FRAMES, "an unknown number")
    kind, fields = FRAMES[value[0]]
    frame = {"type": kind, **fields.read(value[1:])}
    if kind == "open":
        frame["here"] = {"incarnation": frame.pop("incarnation"), "arrival": frame.pop("arrival")}
    return frame


def write_frame(frame):
    nr = FRAME_NUMBERS[frame["type"]]
    return cbor_encode([nr, *FRAMES[nr][1].write({**frame, **frame.get("here", {})})])


# 09: several devices of one person.

own_value = record(key=text(1, 256, r"[a-z][a-z-]{0,30}/[!-~]{1,200}"), value=nullable(text(0, 16384)))
link_code = versioned(device=ident, secret=tag, expires=time, addresses=array(address, 8))
LINKING_START = "multichat://link/#"
log_field = array(raw(0, 65536), 512)
space_peers = array(record(device=ident, addresses=array(address, 8)), 8)
shared_spaces = array(record(id=ident, secret=ident, peers=space_peers), 64)
blob_16k = raw(0, 16384)
STEPS = [
    ("request", record(proof=ident, commitment=ident, name=name)),
    ("challenge", record(nonce=ident)),
    ("reveal", record(nonce=ident, agreementKey=ident)),
    ("agreed", record()),
    ("offer", record(genesis=blob_16k, body=blob_16k)),
    ("accept", record(acceptance=signature_field)),
    (
        "package",
        record(
            name=name,
            nextSeed=nullable(ident),
            log=log_field,
            entry=raw(0, 65536),
            signature=signature_field,
            spaces=shared_spaces,
        ),
    ),
    ("done", record(signature=signature_field)),
    ("refusal", record(code=text(1, 32))),
    ("lookup", record(identityKey=ident, signature=signature_field)),
    ("found", record(name=name, genesis=blob_16k, log=log_field, spaces=shared_spaces)),
    ("siblings", record(spaces=shared_spaces)),
]


def read_linking_code(given):
    whole = given.strip(WHITE_SPACE)
    need(len(whole) <= 3072, "too long")
    encoded = whole.removeprefix(LINKING_START)
    need(re.fullmatch("[A-Za-z0-9_-]*", encoded) and len(encoded) % 4 != 1, "not base64url")
    data = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    need(len(data) > 4, "cut short")
    need(sha256(data[:-4])[:4] == data[-4:], "a wrong checksum")
    need(base64.urlsafe_b64encode(data).decode().rstrip("=") == encoded, "not the encoding of its bytes")
    return read_with(link_code, data[:-4]), data[:-4]


def spec_emoji():
    """The table of spec/09-devices.md, as it stands there."""
    chapter = (HERE.parent / "09-devices.md").read_text("utf-8")
    table = chapter.split("eight in a row:")[1].split("## ")[0]
    rows = [line.strip().split("  ") for line in table.splitlines() if line.strip()]
    return [item.split(" ", 1) for row in rows for item in row]


# 02: what a whole account log says.


def standing(entries, genesis):
    """The identity key in force and the devices in good standing."""
    by_id = {}
    for data in entries:
        entry, signers = check_entry(data)
        outer = read_with(signed_entry, data)
        by_id[h("mc1/account-entry", bytes.fromhex(outer["entry"])).hex()] = (entry, signers)
    pasts = {}

    def past(e):
        if e not in pasts:
            parents = by_id[e][0]["parents"]
            pasts[e] = set(parents).union(*(past(p) for p in parents))
        return pasts[e]

    def kind(e):
        return by_id[e][0]["body"]["type"]

    def certified(e):
        return read_with(certificate_body, bytes.fromhex(read_with(certificate, bytes.fromhex(by_id[e][0]["body"]["certificate"]))["body"]))

    def chain(s):
        found, key, committed = [], genesis["identityKey"], genesis["nextKeyHash"]
        while True:
            following = [
                e
                for e in s
                if kind(e) == "key.rotate"
                and key in by_id[e][1]
                and h("mc1/next-key", bytes.fromhex(by_id[e][0]["body"]["identityKey"])).hex() == committed
                and (not found or found[-1] in past(e))
            ]
            if not following:
                return found, key
            found.append(min(following, key=lambda e: (int(by_id[e][0]["hlc"]), e)))
            body = by_id[found[-1]][0]["body"]
            key, committed = body["identityKey"], body["nextKeyHash"]

    def authority(s, e, key):
        rotations, _ = chain(s)
        keys = [genesis["identityKey"], *(by_id[r][0]["body"]["identityKey"] for r in rotations)]
        if key not in keys:
            return False
        n = keys.index(key)
        established = n == 0 or rotations[n - 1] in past(e)
        return established and (n == len(rotations) or e in past(rotations[n]))

    def revocations(s, device):
        return [
            e
            for e in s
            if kind(e) == "device.revoke"
            and by_id[e][0]["body"]["device"] == device
            and any(authority(s, e, key) or good(past(e), key) for key in by_id[e][1])
        ]

    def additions(s, device):
        return [e for e in s if kind(e) == "device.add" and certified(e)["device"] == device]

    def effective(s, e):
        by = certified(e)["by"]
        if authority(s, e, by):
            return True
        against = revocations(s, by)
        return any(
            a in past(e) and effective(s, a) and all(r in past(a) or e in past(r) for r in against) for a in additions(s, by)
        )

    def good(s, device):
        against = revocations(s, device)
        return any(effective(s, a) and all(r in past(a) for r in against) for a in additions(s, device))

    everything = set(by_id)
    return chain(everything)[1], lambda device: good(everything, device)


# 04: payloads of control kinds.

root_keys = ascending(ident, 8, 1)
colour = text(0, 7, "|#[0-9a-f]{6}")
blob = raw(0, 16384)


def read_subject(value):
    if value == "everyone":
        return {"everyone": True}
    if isinstance(value, list):
        return {"account": row(ident).read(value)[0]}
    return {"role": ident.read(value)}


def write_subject(value):
    if "everyone" in value:
        return "everyone"
    return bytes.fromhex(value["role"]) if "role" in value else [bytes.fromhex(value["account"])]


def read_policy_value(value):
    return text(0, 1024).read(value) if isinstance(value, str) else number.read(value)


def read_policies(value):
    need(isinstance(value, dict) and len(value) <= 64, "not a map of policies")
    return {name.read(key): read_policy_value(item) for key, item in value.items()}


feed_points = ascending(row(ident, number, ident), 512, by=lambda held: held[0])
signed_header = row(raw(0, 1024), signature_field)
cut_fields = {"cause": ident, "channel": ident, "devices": feed_points, "rest": flag}
enrolment = {"certificate": blob, "acceptance": signature_field}
policy_value = Field(read_policy_value, lambda value: value)

CONTROL = {
    "genesis": dict(
        kind=one_of("team", "private", "direct", "self"),
        rules=number,
        account=ident,
        device=ident,
        **enrolment,
        root=row(root_keys, number, ident),
        parents=array(row(ident, root_keys), 4),
        everyone=number,
        policy=Field(read_policies, lambda value: value),
        secret=ident,
    ),
    "root.rotate": dict(generation=number, keys=root_keys, k=number, next=ident),
    "role.create": dict(rank=number, name=name, colour=colour, permissions=number),
    "role.set": dict(role=ident, on=number, off=number, name=nullable(name), colour=nullable(colour)),
    "grant": dict(account=ident, role=ident),
    "revoke": dict(grant=ident),
    "remove": dict(account=ident),
    "unban": dict(account=ident),
    "leave": dict(account=ident),
    "ban": dict(account=ident, until=time),
    "mute": dict(account=ident, on=flag, until=time),
    "lock": dict(channel=ident, on=flag),
    "channel.archive": dict(channel=ident, on=flag),
    "slow": dict(channel=ident, seconds=number),
    "override": dict(channel=ident, subject=Field(read_subject, write_subject), allow=number, deny=number),
    "channel.create": dict(name=name, type=text(1, 32)),
    "channel.set": dict(channel=ident, key=one_of("name", "topic", "type", "retention"), value=text(0, 1024)),
    "invite.create": dict(role=ident, key=ident, expires=time, max=number),
    "invite.revoke": dict(invite=ident),
    "join": dict(invite=ident, account=ident, device=ident, **enrolment, proof=signature_field),
    "admit": dict(join=ident, invite=ident),
    "device.bind": dict(account=ident, device=ident, by=ident, **enrolment),
    "device.unbind": dict(
        account=ident, device=ident, by=ident, revocation=nullable(blob), statement=nullable(signature_field)
    ),
    "cut": cut_fields,
    "fence": cut_fields,
    "adopt": dict(cause=ident, ids=ascending(ident, 512)),
    "merge": dict(account=ident),
    "proof": dict(account=ident, device=ident, a=signed_header, b=signed_header),
    "parent.applied": dict(account=ident, proof=blob),
    "key.rotate": dict(generation=number, secret=array(row(ident, raw(0, 2048)), 512)),
    "policy.set": dict(key=name, value=policy_value),
}
root_statement = record(generation=number, signatures=array(row(ident, signature_field), 8))


def read_control(kind, data):
    """The payload, and the root statement if there is one."""
    value = cbor_decode(data)
    need(isinstance(value, dict), "not a map")
    root = None
    if kind != "genesis" and "root" in value:
        root = root_statement.read(value["root"])
        value = {key: item for key, item in value.items() if key != "root"}
    return closed_map(**CONTROL[kind]).read(value), root


def write_control(kind, fields, root):
    value = closed_map(**CONTROL[kind]).write(fields)
    return cbor_encode(value if root is None else {**value, "root": root_statement.write(root)})


# 12: content kinds.


def open_map(required, optional):
    """A CBOR map that has at least the required keys; those named in neither are passed over."""
    fields = {**required, **optional}

    def read(value):
        need(isinstance(value, dict), "not a map")
        need(set(required) <= set(value), "missing keys")
        return {name: field.read(value[name]) for name, field in fields.items() if name in value}

    return Field(read, lambda value: {name: field.write(value[name]) for name, field in fields.items() if name in value})


def refusing(field, wrong, why):
    """The field, without what `wrong` says is not to be accepted."""

    def read(value):
        found = field.read(value)
        need(not wrong(found), why)
        return found

    return Field(read, field.write)


def has(*characters):
    """Whether a text contains one of these, given as single code points or as (first, last)."""
    spans = [pair if isinstance(pair, tuple) else (pair, pair) for pair in characters]
    return lambda found: any(first <= ord(letter) <= last for letter in found for first, last in spans)


def visible(most):
    return refusing(text(1, most), lambda found: found.strip(WHITE_SPACE) == "", "only white space")


def one_line(most):
    return refusing(visible(most), has((0x0A, 0x0D), 0x85, 0x2028, 0x2029), "more than one line")


def different(field, most, least):
    return refusing(array(field, most, least), lambda found: len(set(found)) != len(found), "the same twice")


CONTROL_CHARACTERS = ((0x00, 0x1F), (0x7F, 0x9F))
true = refusing(flag, lambda found: found is False, "false where the key is to be left out")
emoji = refusing(
    text(1, 32),
    has(*CONTROL_CHARACTERS, (ord("A"), ord("Z")), (ord("a"), ord("z")), *map(ord, WHITE_SPACE)),
    "no emoji",
)
file_name = refusing(
    refusing(text(1, 255), has(*CONTROL_CHARACTERS, ord("/"), ord("\\")), "a character that no name has"),
    lambda found: found in (".", ".."),
    "a folder's name",
)
loudness = raw(1, 64)
wave = Field(lambda value: list(bytes.fromhex(loudness.read(value))), bytes)
file_shape = open_map(
    {},
    dict(
        width=uint(65535, 1),
        height=uint(65535, 1),
        duration=time,
        thumb=row(ident, uint(65536, 1)),
        wave=wave,
        voice=true,
    ),
)
file_entry = row(file_name, text(1, 100, "[a-z0-9.+/-]+"), uint(2**40, 1), ident, file_shape)
markdown = visible(40000)
title_and_tags = dict(title=one_line(200), tags=different(one_line(32), 5, 1))
of_message = dict(
    text=markdown,
    reply=ident,
    **title_and_tags,
    files=array(file_entry, 10, 1),
    once=true,
    forward=row(ident, ident, time),
)


def message_map(required, optional):
    whole = refusing(
        open_map(required, {**of_message, **optional}),
        lambda found: "text" not in found and "files" not in found,
        "neither text nor files",
    )
    return refusing(whole, lambda found: "once" in found and "files" not in found, "once without files")


CONTENT = {
    "message": message_map({}, {}),
    "reply": message_map(dict(thread=ident), dict(also=true)),
    "imported": message_map(dict(author=one_line(64), source=one_line(32)), dict(thread=ident)),
    "delete": open_map(dict(target=ident), {}),
    "edit": open_map(dict(target=ident, text=markdown), title_and_tags),
    "reaction": open_map(dict(target=ident, emoji=emoji, on=flag), {}),
    "pin": open_map(dict(target=ident, on=flag), {}),
    "poll": open_map(
        dict(
            text=markdown,
            question=visible(300),
            options=different(visible(200), 20, 2),
            many=flag,
            hidden=flag,
            closes=time,
        ),
        {},
    ),
    "vote": open_map(dict(target=ident, choices=ascending(uint(19), 20)), {}),
    "list": open_map(dict(text=markdown, title=one_line(200)), {}),
    "item": open_map(
        dict(target=ident, item=text(1, 32, "[a-z0-9]+"), text=text(0, 500), done=flag, place=uint(2**32 - 1)), {}
    ),
}

CHUNK = 131072
PAGE = 2048


# The vectors.


def same(found, expected, what):
    if found != expected:
        raise AssertionError(f"{what}: {found!r:.300} where {expected!r:.300} was expected")


def signs_as(seed, key, label, data, signature):
    """The key of `seed` is `key`, and gives and verifies exactly this signature."""
    same(ed25519_public(seed), key, "public key")
    same(ed25519_sign(seed, label.encode("ascii") + data), signature, f"signature under {label}")
    signed(key, label, data, signature)


def both_ways(field, fields, encoding):
    same(read_with(field, encoding), fields, "fields")
    same(cbor_encode(field.write(fields)).hex(), encoding.hex(), "encoding")


def unhex(case, *names):
    return [bytes.fromhex(case[key]) for key in names]


def base58(data):
    digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    whole, out = int.from_bytes(data, "big"), ""
    while whole:
        whole, digit = divmod(whole, 58)
        out = digits[digit] + out
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + out


def valid_value(case):
    same(to_tagged(cbor_decode(bytes.fromhex(case["encoding"]))), case["value"], "value")
    same(cbor_encode(from_tagged(case["value"])).hex(), case["encoding"], "encoding")


def valid_hlc(case):
    stamp = case["time"] * 65536 + case["counter"]
    same(str(stamp), case["hlc"], "hlc")
    both_ways(hlc, case["hlc"], bytes.fromhex(case["encoding"]))


def valid_hash(case):
    same(h(case["label"], *map(bytes.fromhex, case["parts"])).hex(), case["hash"], "hash")


def valid_kdf(case):
    same(kdf(bytes.fromhex(case["secret"]), case["label"]).hex(), case["key"], "key")


def valid_mac(case):
    same(mac(bytes.fromhex(case["key"]), *map(bytes.fromhex, case["parts"])).hex(), case["mac"], "mac")


def valid_device(case):
    seed, device = unhex(case, "seed", "device")
    same(ed25519_public(seed), device, "device")
    same(base58(bytes.fromhex("002408011220") + device), case["peerId"], "PeerId")


def valid_genesis(case):
    identity_seed, identity, next_seed, next_key, encoding = unhex(
        case, "identitySeed", "identityKey", "nextSeed", "nextKey", "encoding"
    )
    same(ed25519_public(identity_seed), identity, "identity key")
    same(ed25519_public(next_seed), next_key, "next identity key")
    same(h("mc1/next-key", next_key).hex(), case["nextKeyHash"], "hash of the next key")
    both_ways(account_genesis, {key: case[key] for key in ("identityKey", "nextKeyHash")}, encoding)
    same(h("mc1/account", encoding).hex(), case["account"], "account")


def valid_certificate(case):
    body, encoding, signature, acceptance = unhex(case, "bodyEncoding", "encoding", "signature", "acceptance")
    by_seed, device_seed = unhex(case, "bySeed", "deviceSeed")
    both_ways(certificate_body, case["body"], body)
    outer = {"genesis": case["genesis"], "body": case["bodyEncoding"], "signature": case["signature"]}
    outer["rotations"] = [read_with(signed_entry, bytes.fromhex(rotation)) for rotation in case["rotations"]]
    both_ways(certificate, outer, encoding)
    signs_as(by_seed, bytes.fromhex(case["body"]["by"]), "mc1/device-certificate", body, signature)
    signs_as(device_seed, bytes.fromhex(case["body"]["device"]), "mc1/device-acceptance", body, acceptance)
    same(check_certificate(encoding, acceptance), case["body"], "body")


def valid_entry(case):
    encoding, whole = unhex(case, "encoding", "signed")
    both_ways(account_entry, case["fields"], encoding)
    same(h("mc1/account-entry", encoding).hex(), case["id"], "id")
    for pair in case["signatures"]:
        signs_as(*unhex(pair, "seed", "key"), "mc1/account-entry", encoding, bytes.fromhex(pair["signature"]))
    pairs = [{key: pair[key] for key in ("key", "signature")} for pair in case["signatures"]]
    both_ways(signed_entry, {"entry": case["encoding"], "signatures": pairs}, whole)
    same(check_entry(whole)[0], case["fields"], "fields")


def valid_log(case):
    genesis_bytes = bytes.fromhex(case["genesis"])
    same(h("mc1/account", genesis_bytes).hex(), case["account"], "account")
    identity, good = standing([bytes.fromhex(data) for data in case["entries"]], read_with(account_genesis, genesis_bytes))
    same(identity, case["identityKey"], "identity key")
    for device in case["good"]:
        same(good(device), True, f"good standing of {device}")
    for device in case["notGood"]:
        same(good(device), False, f"good standing of {device}")


def valid_own(case):
    both_ways(own_value, {"key": case["key"], "value": case["value"]}, bytes.fromhex(case["encoding"]))
    same(h("mc1/own-key", case["key"].encode("utf-8")).hex(), case["recordKey"], "record key")


def valid_linking_code(case):
    fields, body = read_linking_code(case["text"])
    same(fields, case["fields"], "fields")
    same(body.hex(), case["encoding"], "encoding")


def valid_step(case):
    step, field = STEPS[case["number"]]
    same(step, case["step"], "step")
    both_ways(field, case["fields"], bytes.fromhex(case["encoding"]))


BACKUP_ITEMS = [
    (
        "account",
        record(
            time=time,
            name=name,
            genesis=blob_16k,
            log=log_field,
            nextSeed=nullable(ident),
            identitySeed=nullable(ident),
            device=ident,
            deviceSeed=ident,
        ),
    ),
    ("space", record(id=ident, secret=ident, peers=space_peers, events=number)),
    ("events", record(events=array(event_field, 2**24))),
    ("records", record(records=array(signed_record, 2**24))),
    ("end", record(items=number)),
]


def valid_backup_item(case):
    value = cbor_decode(bytes.fromhex(case["encoding"]))
    kind, field = BACKUP_ITEMS[value[0]]
    fields = {"type": kind, **field.read(value[1:])}
    if kind == "space":
        fields = {"type": kind, "space": {key: fields[key] for key in ("id", "secret", "peers")}, "events": fields["events"]}
    same(fields, case["fields"], "fields")


def valid_backup_file(case):
    """Its beginning, and how long it is: Python's library has no AES."""
    data, header = unhex(case, "file", "header")
    same(data[:16], b"multichat-backup", "first bytes")
    same(int.from_bytes(data[16:20], "big"), len(header), "length of the header")
    end = 20 + len(header)
    same(data[20:end], header, "header")
    same(data[end : end + 4], sha256(data[:end])[:4], "checksum")
    version, n, r, p, salt, chunk_size = cbor_decode(header)
    same(version, 1, "version")
    key = hashlib.scrypt(case["passphrase"].encode("utf-8"), salt=salt, n=n, r=r, p=p, dklen=64)
    same(key.hex(), case["key"], "key")
    same(mac(key[:32], b"mc1/backup", header).hex(), case["check"], "check")
    same(data[end + 4 : end + 36].hex(), case["check"], "check in the file")
    length = len(bytes.fromhex(case["content"]))
    same(len(data) - end - 36, length + 16 * (length // chunk_size + 1), "length of the chunks")


def valid_linking(case):
    old, new, secret, nonce_old, nonce_new, agreement = unhex(case, "old", "new", "secret", "nonceOld", "nonceNew", "agreementKey")
    commitment = h("mc1/link-commit", nonce_new, agreement)
    same(commitment.hex(), case["commitment"], "commitment")
    same(mac(secret, b"mc1/link-proof", new, old, commitment).hex(), case["proof"], "proof")
    digest = h("mc1/link-emoji", old, new, secret, nonce_old, nonce_new, agreement)
    same(digest.hex(), case["digest"], "digest")
    bits = int.from_bytes(digest[:6], "big") >> 6
    table = spec_emoji()
    same(len(table), 64, "emoji in the spec")
    same([table[bits >> 6 * (6 - i) & 63] for i in range(7)], case["emoji"], "emoji")


def valid_header(case):
    encoding, seed, signature = unhex(case, "encoding", "seed", "signature")
    same(read_header(encoding), case["fields"], "fields")
    both_ways(header_fields, case["fields"], encoding)
    same(h("mc1/event", encoding).hex(), case["id"], "id")
    signs_as(seed, bytes.fromhex(case["fields"]["device"]), "mc1/event", encoding, signature)


def valid_event(case):
    encoding = bytes.fromhex(case["encoding"])
    fields = {key: case[key] for key in ("header", "signature", "salt", "payload")}
    both_ways(event_field, fields, encoding)
    same(check_event(encoding)[0], fields, "fields")
    same(h("mc1/event", bytes.fromhex(case["header"])).hex(), case["id"], "id")


def valid_fallback(case):
    same(fallback(bytes.fromhex(case["payload"])), case["text"], "text")


def valid_record(case):
    encoding, whole, seed, signature = unhex(case, "encoding", "signed", "seed", "signature")
    both_ways(record_fields, case["fields"], encoding)
    both_ways(signed_record, {"record": case["encoding"], "signature": case["signature"]}, whole)
    signs_as(seed, bytes.fromhex(case["fields"]["device"]), "mc1/record", encoding, signature)
    same(check_record(whole), case["fields"], "fields")


def valid_profile(case):
    same(read_profile(bytes.fromhex(case["encoding"])), case["value"], "profile")


def valid_avatar(case):
    same(read_avatar(bytes.fromhex(case["encoding"])), case["kind"], "image")


def valid_vouch(case):
    same(read_vouch(bytes.fromhex(case["encoding"])), case["value"], "vouch")


def valid_status(case):
    encoding = bytes.fromhex(case["encoding"])
    same(read_status(encoding), case["value"], "status")
    said = None if case["value"] is None else {key: value for key, value in case["value"].items() if value is not None}
    same(cbor_encode(said).hex(), case["encoding"], "encoding")


def valid_root_request(case):
    both_ways(root_request, case["fields"], bytes.fromhex(case["encoding"]))
    if case["fields"] is None:
        return
    same(h("mc1/next-key", bytes.fromhex(case["identityKey"])).hex(), case["fields"]["next"], "commitment")
    statement = asked_of_root(case, case["fields"])
    same(statement.hex(), case["signed"], "statement")
    same(h("mc1/root-statement", statement).hex(), case["id"], "id")


def valid_root_approval(case):
    both_ways(root_approval, case["value"], bytes.fromhex(case["encoding"]))
    same(check_approval(case), case["value"], "approvals")
    same([ed25519_public(bytes.fromhex(seed)).hex() for seed in case["seeds"]], [key for key, _ in case["value"]], "keys")


def valid_safety_number(case):
    same("".join(map(safety_half, sorted(unhex(case, "a", "b")))), case["number"], "safety number")


def valid_code(case):
    fields, body = read_code(case["text"])
    same(fields, case["fields"], "fields")
    same(body.hex(), case["encoding"], "bytes of the code")
    both_ways(code_fields, fields, body)
    same(code_text(body), case["text"], "text")


def valid_introduction(case):
    encoding, content = unhex(case, "encoding", "contentEncoding")
    both_ways(introduction_content, case["content"], content)
    both_ways(introduction, read_with(introduction, encoding), encoding)
    for reader in case["devices"]:
        opened = open_introduction(encoding, case, reader["device"], bytes.fromhex(reader["agreementKey"]))
        same(opened.hex(), case["contentEncoding"], "what is sealed")


def valid_addresses(case):
    both_ways(addresses, case["value"], bytes.fromhex(case["encoding"]))


def valid_ack(case):
    both_ways(ack, case["value"], bytes.fromhex(case["encoding"]))


def valid_link(case):
    fields, body = read_link(case["text"])
    same(fields, case["fields"], "fields")
    same(body.hex(), case["encoding"], "bytes of the link")
    both_ways(link_fields, case["fields"], body)
    same(sha256(body)[:4].hex(), case["checksum"], "checksum")
    same(link_text(body), case["text"], "text")
    same(kdf(bytes.fromhex(fields["secret"]), "mc1/invite").hex(), case["inviteSeed"], "seed of the invite's key")
    same(ed25519_public(bytes.fromhex(case["inviteSeed"])).hex(), case["inviteKey"], "the invite's key")


def valid_pasted(pasted):
    first = load("valid", "invite-links")["links"][0]
    same(read_link(pasted)[0], first["fields"], "fields")


def valid_frame(case):
    encoding = bytes.fromhex(case["encoding"])
    same(read_frame(encoding), case["fields"], "fields")
    same(write_frame(case["fields"]).hex(), case["encoding"], "encoding")


def valid_space_tag(case):
    secret, sender, receiver, nonce, other = unhex(case, "secret", "from", "to", "nonceFrom", "nonceTo")
    same(kdf(secret, "mc1/space-tag").hex(), case["tagKey"], "tag key")
    same(mac(kdf(secret, "mc1/space-tag"), sender, receiver, nonce, other)[:16].hex(), case["tag"], "tag")


def valid_invite_tag(case):
    key, sender, receiver, nonce, other = unhex(case, "inviteKey", "from", "to", "nonceFrom", "nonceTo")
    same(mac(key, b"mc1/invite-tag", sender, receiver, nonce, other)[:16].hex(), case["tag"], "tag")


def valid_invite_proof(case):
    seed, key, space, invite, account, device, proof = unhex(
        case, "inviteSeed", "inviteKey", "space", "invite", "account", "device", "proof"
    )
    signs_as(seed, key, "mc1/invite-proof", cbor_encode([space, invite, account, device]), proof)


def valid_digest(case):
    rows = sorted(case["rows"], key=lambda held: (held["channel"], held["device"]))
    parts = [cbor_encode(holdings_row.write(held)) for held in rows]
    fields = [item["fields"] for item in case["records"]]
    for item in case["records"]:
        both_ways(record_fields, item["fields"], bytes.fromhex(item["encoding"]))
    for of in sorted(fields, key=lambda of: [of[key] for key in ("scope", "account", "type", "key", "device")]):
        scope, account, device, key = unhex(of, "scope", "account", "device", "key")
        parts.append(cbor_encode([scope, account, device, of["type"], key, int(of["hlc"])]))
    same(sha256(*parts).hex(), case["digest"], "digest")


def valid_buckets(case):
    rows = sorted(case["rows"], key=lambda held: (held["channel"], held["device"]))
    buckets = [b""] * 64
    for held in rows:
        buckets[bytes.fromhex(held["device"])[0] >> 2] += cbor_encode(holdings_row.write(held))
    same(b"".join(sha256(bucket)[:8] for bucket in buckets).hex(), case["buckets"], "buckets")


def valid_payload(case):
    encoding = bytes.fromhex(case["encoding"])
    same(read_control(case["kind"], encoding), (case["fields"], case["root"]), "payload")
    same(write_control(case["kind"], case["fields"], case["root"]).hex(), case["encoding"], "encoding")
    if "certificate" in case["fields"]:
        enrolled = check_certificate(*unhex(case["fields"], "certificate", "acceptance"))
        same([enrolled[key] for key in ("account", "device")], [case["fields"][key] for key in ("account", "device")], "whom it enrols")


def valid_content(case):
    both_ways(CONTENT[case["kind"]], case["fields"], bytes.fromhex(case["encoding"]))


def valid_unknown_keys(case):
    same(read_with(CONTENT[case["kind"]], bytes.fromhex(case["encoding"])), case["fields"], "fields")


def valid_long_text(case):
    unit, times = case["text"]
    found = read_with(CONTENT[case["kind"]], repeated(case["repeated"]))
    need(found["text"] == unit * times, "another text")


def valid_thread(case):
    same(h("mc1/thread", bytes.fromhex(case["root"])).hex(), case["thread"], "thread")


def valid_blob(case):
    size, modulo = case["size"], case["iModulo"]
    pattern = bytes(range(modulo)) * (CHUNK // modulo + 2)
    known = {}

    def chunk(start):
        key = (start % modulo, min(CHUNK, size - start))
        if key not in known:
            known[key] = h("mc1/chunk", pattern[key[0] : key[0] + key[1]])
        return known[key]

    chunks = [chunk(start) for start in range(0, size, CHUNK)]
    same([digest.hex() for digest in chunks], [digest for digest, times in case["chunks"] for _ in range(times)], "chunks")
    pages = [h("mc1/page", *chunks[start : start + PAGE]) for start in range(0, len(chunks), PAGE)]
    same([digest.hex() for digest in pages], case["pages"], "pages")
    same(h("mc1/blob", size.to_bytes(8, "big"), *pages).hex(), case["blob"], "blob")


def valid_genesis_ids(case):
    genesis = bytes.fromhex(case["genesis"])
    same(h("mc1/owner-role", genesis).hex(), case["ownerRole"], "owner role")
    same(h("mc1/founder-grant", genesis).hex(), case["founderGrant"], "founder's grant")


def valid_space_secret(case):
    same(h("mc1/space-secret", bytes.fromhex(case["secret"])).hex(), case["hash"], "hash of the secret")


def valid_root_statement(case):
    space, payload, device = unhex(case, "space", "payload", "device")
    heads = [bytes.fromhex(head) for head in case["heads"]]
    statement = cbor_encode(
        [space, case["generation"], case["kind"], h("mc1/payload", payload), heads, device, case["seq"]]
    )
    same(statement.hex(), case["signed"], "statement")
    for seed, (key, signature) in zip(case["seeds"], case["signatures"]):
        signs_as(bytes.fromhex(seed), bytes.fromhex(key), "mc1/root-statement", statement, bytes.fromhex(signature))


def valid_unbind_statement(case):
    space, device, seed, key, signature = unhex(case, "space", "device", "identitySeed", "identityKey", "statement")
    statement = cbor_encode([space, device, [bytes.fromhex(head) for head in case["heads"]]])
    same(statement.hex(), case["signed"], "statement")
    signs_as(seed, key, "mc1/root-statement", statement, signature)


def verify_plain(case):
    key, message, signature = unhex(case, "publicKey", "message", "signature")
    signed(key, "", message, signature)


VALID = {
    "ed25519": {"vectors": verify_plain},
    "cbor": {
        "values": valid_value,
        "hlcs": valid_hlc,
        "hashes": valid_hash,
        "kdfs": valid_kdf,
        "macs": valid_mac,
        "devices": valid_device,
    },
    "accounts": {"geneses": valid_genesis, "certificates": valid_certificate, "entries": valid_entry, "logs": valid_log},
    "devices": {"ownData": valid_own, "linkCodes": valid_linking_code, "steps": valid_step, "linkings": valid_linking, "backupItems": valid_backup_item, "backupFiles": valid_backup_file},
    "headers": {"headers": valid_header},
    "events": {"events": valid_event, "fallbacks": valid_fallback},
    "records": {
        "records": valid_record,
        "profiles": valid_profile,
        "avatars": valid_avatar,
        "vouches": valid_vouch,
        "addresses": valid_addresses,
        "acks": valid_ack,
        "rootRequests": valid_root_request,
        "rootApprovals": valid_root_approval,
    },
    "presence": {
        "presence": lambda case: both_ways(presence, case["value"], bytes.fromhex(case["encoding"])),
        "typing": lambda case: both_ways(typing, case["value"], bytes.fromhex(case["encoding"])),
        "status": valid_status,
        "read": lambda case: both_ways(read_mark, case["value"], bytes.fromhex(case["encoding"])),
    },
    "trust": {
        "safetyNumbers": valid_safety_number,
        "verificationCodes": valid_code,
        "introductions": valid_introduction,
    },
    "invite-links": {"links": valid_link, "pasted": valid_pasted},
    "frames": {
        "frames": valid_frame,
        "spaceTags": valid_space_tag,
        "inviteTags": valid_invite_tag,
        "inviteProofs": valid_invite_proof,
        "digests": valid_digest,
        "buckets": valid_buckets,
    },
    "content": {
        "payloads": valid_content,
        "unknownKeys": valid_unknown_keys,
        "longTexts": valid_long_text,
        "threads": valid_thread,
        "blobs": valid_blob,
    },
    "control-payloads": {
        "payloads": valid_payload,
        "genesisIds": valid_genesis_ids,
        "spaceSecrets": valid_space_secret,
        "rootStatements": valid_root_statement,
        "unbindStatements": valid_unbind_statement,
    },
}

DECODERS = {
    "value": cbor_decode,
    "account genesis": unfields(account_genesis),
    "certificate body": unfields(certificate_body),
    "certificate": unfields(certificate),
    "account entry": unfields(account_entry),
    "signed entry": unfields(signed_entry),
    "header": read_header,
    "event": unfields(event_field),
    **{kind: unfields(field) for kind, field in CONTENT.items()},
    "record": unfields(record_fields),
    "signed record": unfields(signed_record),
    "own data": unfields(own_value),
    **{f"device step {number}": unfields(field) for number, (_, field) in enumerate(STEPS)},
    "profile": read_profile,
    "avatar": read_avatar,
    "vouch": read_vouch,
    "presence": unfields(presence),
    "typing": unfields(typing),
    "status": read_status,
    "read": unfields(read_mark),
    "root-request": unfields(root_request),
    "root-approval": unfields(root_approval),
    "introduction": unfields(introduction),
    "introduction content": unfields(introduction_content),
    "addresses": unfields(addresses),
    "ack": unfields(ack),
    "frame": read_frame,
}


def verify_header(case):
    header, signature = unhex(case, "header", "signature")
    signed(bytes.fromhex(read_header(header)["device"]), "mc1/event", header, signature)


VERIFIERS = {
    "certificate": lambda case: check_certificate(*unhex(case, "certificate", "acceptance")),
    "entry": lambda case: check_entry(bytes.fromhex(case["signed"])),
    "header": verify_header,
    "event": lambda case: check_event(bytes.fromhex(case["event"])),
    "introduction": lambda case: open_introduction(
        *unhex(case, "encoding"), case, case["device"], bytes.fromhex(case["agreementKey"])
    ),
    "root-approval": check_approval,
    "signed record": lambda case: check_record(bytes.fromhex(case["signed"])),
}


def repeated(pieces):
    return b"".join(bytes.fromhex(piece) * times for piece, times in pieces)


def attempt(case):
    if case["format"] == "link":
        return read_link(case["text"])
    if case["format"] == "link code":
        return read_linking_code(case["text"])
    if case["format"] == "verification code":
        return read_code(case["text"])
    data = repeated(case.get("repeated") or [[case["hex"], 1]])
    if case["format"] in CONTROL:
        return read_control(case["format"], data)
    return DECODERS[case["format"]](data)


def load(folder, chapter):
    """The sections of a file, each a list of cases."""
    content = json.loads((HERE / folder / f"{chapter}.json").read_text("utf-8"))
    return {section: cases for section, cases in content.items() if section != "about"}


def check_valid(chapter):
    """How many cases there are, and what disagrees."""
    sections = load("valid", chapter)
    problems = [f"no section {missing}" for missing in VALID[chapter].keys() - sections.keys()]
    count = 0
    for section, cases in sections.items():
        if section not in VALID[chapter]:
            problems.append(f"section {section} is unknown")
            continue
        for i, case in enumerate(cases):
            count += 1
            try:
                VALID[chapter][section](case)
            except (AssertionError, Refused) as problem:
                problems.append(f"{section}[{i}]: {problem}")
    return count, problems


INVALID = {
    "refusedWhenDecoded": attempt,
    "refusedWhenVerified": lambda case: VERIFIERS[case["format"]](case),
    "vectors": verify_plain,
}


def check_invalid(chapter):
    problems, count = [], 0
    for section, cases in load("invalid", chapter).items():
        for case in cases:
            count += 1
            try:
                INVALID[section](case)
            except Refused:
                continue
            problems.append(f"accepted: {case.get('format', section)}: {case.get('why') or case['name']}")
    return count, problems


# 04: whole control logs, as far as signatures alone decide: what these bind, prove and state, or fail to.

UNSIGNED = {
    "device.unbind": {"a statement that the identity key did not sign"},
    "proof": {"headers that do not contradict each other", "one header twice", "a header that the device did not sign"},
    "parent.applied": {"no proof of a removal", "proof of something else"},
    "root": {"not signed by enough root keys", "a rotation to keys nobody had committed to"},
}


class ControlLog:
    def __init__(self, space):
        self.space, self.pasts, self.keys, self.roots, self.parents = space, {}, [], [], {}

    def add(self, data, void):
        """Reads one event more, and compares what its signatures come to with what is said of it."""
        event, header = check_event(data)
        at = h("mc1/event", bytes.fromhex(event["header"])).hex()
        kind = header["kind"]
        fields, root = read_control(kind, bytes.fromhex(event["payload"]))
        need(kind == "genesis" or header["space"] == header["channel"] == self.space, "for another space")
        need(all(head in self.pasts for head in header["ctl"]), "an event before its past")
        past = {at}.union(*(self.pasts[head] for head in header["ctl"]))
        if kind == "genesis":
            need(at == self.space, "another genesis")
            keys, k, following = fields["root"]
            self.roots = [(keys, k, following, at)]
            self.parents = dict(fields["parents"])
        why = void.get(at)
        if "certificate" in fields and why != "another's certificate":
            self.enrol(at, fields, why)
        held = self.holds(kind, fields, header, past)
        if held is not None:
            need(held == (why not in UNSIGNED[kind]), f"{kind}: {why}")
        if root is not None:
            signed_by_root = self.rooted(kind, fields, root, header, past)
            need(signed_by_root == (why not in UNSIGNED["root"]), f"{kind} by the root: {why}")
            if kind == "root.rotate" and signed_by_root:
                self.roots.append((fields["keys"], fields["k"], fields["next"], at))
        self.pasts[at] = past
        return at

    def enrol(self, at, fields, why):
        outer = read_with(certificate, bytes.fromhex(fields["certificate"]))
        body = check_certificate(*unhex(fields, "certificate", "acceptance"))
        need((body["account"], body["device"]) == (fields["account"], fields["device"]), "another's certificate")
        entries = [read_with(account_entry, bytes.fromhex(rotation["entry"])) for rotation in outer["rotations"]]
        first = read_with(account_genesis, bytes.fromhex(outer["genesis"]))["identityKey"]
        identity = entries[-1]["body"]["identityKey"] if entries else first
        if why is None:
            self.keys.append((at, len(entries), body["account"], identity))

    def identity(self, account, past):
        """How many keys were before the one in force there, and that."""
        known = [(rotations, key) for at, rotations, of, key in self.keys if of == account and at in past]
        return max(known, key=lambda one: one[0], default=(0, None))

    def holds(self, kind, fields, header, past):
        """Whether the signatures that it rests on verify; None where it rests on none."""
        heads = [bytes.fromhex(head) for head in header["ctl"]]
        if kind == "device.unbind" and fields["statement"] is not None:
            key = self.identity(fields["account"], past)[1]
            statement = cbor_encode([bytes.fromhex(self.space), bytes.fromhex(fields["device"]), heads])
            return ed25519_verify(bytes.fromhex(key), b"mc1/root-statement" + statement, bytes.fromhex(fields["statement"]))
        if kind == "proof":
            halves = [(bytes.fromhex(head), bytes.fromhex(signature)) for head, signature in (fields["a"], fields["b"])]
            (one, other) = (read_header(head) for head, _ in halves)
            beside = (one["channel"], one["seq"], one["device"]) == (other["channel"], other["seq"], other["device"])
            key = bytes.fromhex(fields["device"])
            return beside and halves[0][0] != halves[1][0] and all(ed25519_verify(key, b"mc1/event" + head, signature) for head, signature in halves)
        if kind == "parent.applied":
            return self.applied(fields, header, heads)
        return None

    def applied(self, fields, header, heads):
        proof = bytes.fromhex(fields["proof"])
        value = cbor_decode(proof)
        if len(value) == 2 and isinstance(value[1], list):
            pinned = self.parents.get(value[0].hex(), [])
            account = h("mc1/payload", bytes.fromhex(fields["account"]))
            message = cbor_encode([bytes.fromhex(self.space), 0, "parent.applied", account, heads, bytes.fromhex(header["device"]), header["seq"]])
            good = {key for key, signature in value[1] if key.hex() in pinned and ed25519_verify(key, b"mc1/root-statement" + message, signature)}
            return 2 * len(good) > len(pinned)
        event, removal = check_event(proof)
        said = read_control(removal["kind"], bytes.fromhex(event["payload"]))[0]
        return removal["kind"] in ("remove", "ban") and removal["space"] in self.parents and said["account"] == fields["account"]

    def rooted(self, kind, fields, root, header, past):
        payload = cbor_encode(closed_map(**CONTROL[kind]).write(fields))
        heads = [bytes.fromhex(head) for head in header["ctl"]]
        message = cbor_encode([bytes.fromhex(self.space), root["generation"], kind, h("mc1/payload", payload), heads, bytes.fromhex(header["device"]), header["seq"]])
        keys, needed, committed, _ = self.roots[root["generation"] - 1 if kind == "root.rotate" else root["generation"]]
        if kind == "root.rotate":
            if h("mc1/next-key", *(bytes.fromhex(key) for key in fields["keys"])).hex() != committed:
                return False
            keys, needed = fields["keys"], max(needed, fields["k"])
        good = {key for key, signature in root["signatures"] if key in keys and ed25519_verify(bytes.fromhex(key), b"mc1/root-statement" + message, bytes.fromhex(signature))}
        return len(good) >= min(needed, len(keys))


def check_control_logs():
    """How many histories there are, and what disagrees."""
    problems, count = [], 0
    for folder in ("valid", "invalid"):
        for section, histories in load(folder, "control-logs").items():
            for history in histories if section != "noSpace" else []:
                count += 1
                void = {one["id"]: one["why"] for one in history["void"]} if folder == "valid" else {history["void"]: history["why"]}
                log = ControlLog(history["space"])
                try:
                    for event in history["events"]:
                        log.add(bytes.fromhex(event), void)
                    need(void.keys() <= log.pasts.keys(), "something void that is not there")
                    for message in history.get("content", []):
                        check_event(bytes.fromhex(message["event"]))
                except (AssertionError, KeyError, Refused) as problem:
                    problems.append(f"{folder}/control-logs.json: {history['what']}: {problem!r}")
    return count, problems


def main():
    failed = False
    totals = [0, 0]
    for chapter in VALID:
        counts = []
        for i, (kind, check) in enumerate((("valid", check_valid), ("invalid", check_invalid))):
            count, problems = check(chapter)
            totals[i] += count
            counts.append(f"{count} {kind}")
            for problem in problems:
                failed = True
                print(f"{kind}/{chapter}.json: {problem}", file=sys.stderr)
        print(f"{chapter}: {', '.join(counts)}")
    histories, problems = check_control_logs()
    for problem in problems:
        failed = True
        print(problem, file=sys.stderr)
    print(f"control-logs: {histories} histories")
    print(f"together: {totals[0]} valid, {totals[1]} invalid")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
