/** Every size, time and count of the transport, with its reason (spec/05-transport.md). The largest frame is the protocol's. */
export const transportLimits = {
  /** How long one address may take to answer, handshake included: a phone waking up on Wi-Fi needs 1–2 s. */
  dialTimeoutMs: 5_000,
  /** Between the starts of two attempts of one dial: a LAN has answered by then, and nobody notices the wait. */
  dialStaggerMs: 100,
  /** Sockets being opened at once, over all dials: home routers drop new connections beyond some dozens. */
  dialsAtOnce: 48,
  /** Addresses one dial tries: twice what a device announces. */
  dialAddresses: 32,

  /** A link that has been silent this long is asked whether it is still there. */
  pingAfterMs: 3_000,
  /** And is given up when nothing has come after this: with the line above, a cut cable is noticed within 10 s. */
  pingTimeoutMs: 6_000,
  /** How often silence is looked for. */
  tickMs: 1_000,
  /** How often the round trip is measured again: often enough to notice a move from cable to Wi-Fi. */
  rttIntervalMs: 20_000,
  /** Pings per measurement; the shortest counts: what held up the others was not the way itself. */
  rttSamples: 5,
  /** How much longer than usual a measurement may take while there is another way to go. */
  patienceMs: 1_000,

  /** A link moves to another connection only if that has less than this share of its round trip… */
  moveRatio: 0.7,
  /** …and saves at least this: moving costs more than a millisecond of latency does… */
  moveGainMs: 2,
  /** …in this many measurements of both, a second apart: a busy moment must not look like a slow way… */
  moveRounds: 3,
  /** …and not sooner than this after the last move, so that two like ways do not swap for ever. */
  moveIntervalMs: 10_000,
  /** One process of a device keeps the link this long while another one waits: both then know what is new. A dial waits longer. */
  turnMs: 3_000,
  /** Other addresses are tried again when the round trip has grown this much since the link opened… */
  scoutGrowth: 3,
  /** …to more than this, which a person begins to notice… */
  scoutAboveMs: 20,
  /** …and at most this often. */
  scoutIntervalMs: 60_000,

  /** What is cut into frames in one go: even of empty frames no more than a few megabytes come of it. */
  readBytes: 16 * 1024,
  /** What is handed to the stream in one piece: one Noise message. */
  writeBytes: 64 * 1024,
  /** `drained` is reported when a queue that was above this falls below it. */
  drainedBelowBytes: 64 * 1024,
  /** A device that leaves this much unread is hung up on: memory is shared by all links. */
  queueBytes: 64 * 1024 * 1024,
  /** A connection on which no link is opened is closed: whoever only connects is nobody's member. */
  idleConnectionMs: 10_000,
  /** How long a close waits for the other side to have read what was queued. */
  closeTimeoutMs: 2_000,
  /** The same when the whole node is stopping, which a person waits for. */
  stopTimeoutMs: 500,
  /** yamux may grow a stream's window to this: 100 Mbit/s at 160 ms; more would hold up pings behind it. */
  streamWindowBytes: 2 * 1024 * 1024,
  /** What was read is told once it is this much: an eighth of the smallest window, and at 64 kB/s a sign of life every half second. */
  windowUpdateBytes: 32 * 1024,

  /** One WebSocket message: sixteen times what Noise makes; whoever has not proved to be anybody gets no more memory. */
  webSocketMessageBytes: 1024 * 1024,

  /** libp2p's default of 5 new connections a second per host refuses whole offices behind one address. */
  inboundConnectionsPerSecond: 100,
  /** Handshakes at once; libp2p's default of 10 refuses the rush after a power cut. */
  inboundHandshakes: 128,
  /** And of these from one host: an office behind one address, and still some places for others. */
  inboundHandshakesPerHost: 96,
  /** Connections of devices that do not belong here: enough for those who are about to join… */
  strangers: 64,
  /** …and of these from one host: a class that joins together behind one address. */
  strangersPerHost: 32,
  /** Connections of all others; above it libp2p closes the least used. A link costs about 150 kB. */
  connections: 512,
  /** Connections to one device: both sides may have dialled several addresses at once. */
  waysPerDevice: 8,

  /** How often the interfaces are looked at: a laptop changes networks a few times a day. */
  interfacesIntervalMs: 10_000,
  /** How often the local network is asked who is there; libp2p's default. */
  discoveryIntervalMs: 10_000,
  /** Devices whose addresses are kept in mind: some more than can be connected. */
  knownDevices: 1_024,
} as const;

export const syncProtocol = "/multichat/sync/1.0.0";
/** libp2p's ping: echoes 32 bytes, as often as asked. */
export const pingProtocol = "/ipfs/ping/1.0.0";
export const pingBytes = 32;
/** Our own name on the local network: other libp2p programs need not hear of us. */
export const discoveryService = "_multichat._udp.local";
