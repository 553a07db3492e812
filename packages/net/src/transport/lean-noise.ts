/**
 * libp2p's Noise without the error it makes of every end of input. As it comes, the length of the next message is asked for after each
 * one, and that there is none yet is told by a new RangeError, whose stack costs more than the decryption.
 */
import { noise } from "@libp2p/noise";

/** What this needs of a connection that Noise made. */
interface Decoding {
  decoder: { lengthDecoder: (data: Input) => number };
}

interface Input {
  byteLength: number;
}

/** Two bytes, big-endian. */
const lengthBytes = 2;
/** Thrown again and again; nobody reads more of it than its class. */
const notThereYet = new RangeError("the next length has not come yet");

export function leanNoise(): ReturnType<typeof noise> {
  return (components) => {
    const encrypter = noise()(components);
    const inbound = encrypter.secureInbound.bind(encrypter);
    const outbound = encrypter.secureOutbound.bind(encrypter);
    encrypter.secureInbound = async (...given) => lean(await inbound(...given));
    encrypter.secureOutbound = async (...given) => lean(await outbound(...given));
    return encrypter;
  };
}

function lean<Secured extends { connection: object }>(secured: Secured): Secured {
  const { connection } = secured;
  if (!isDecoding(connection))
    throw new Error("libp2p's Noise is built in another way than expected");
  const { decoder } = connection;
  const decode = decoder.lengthDecoder;
  decoder.lengthDecoder = (data) => {
    if (data.byteLength < lengthBytes) throw notThereYet;
    return decode(data);
  };
  return secured;
}

function isDecoding(value: object): value is Decoding {
  if (!("decoder" in value)) return false;
  const { decoder } = value;
  return (
    typeof decoder === "object" &&
    decoder !== null &&
    "lengthDecoder" in decoder &&
    typeof decoder.lengthDecoder === "function"
  );
}
