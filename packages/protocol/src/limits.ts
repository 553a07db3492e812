/** Every size the formats allow, with its reason. Changing one changes the protocol (spec/). */
export const limits = {
  /** Fits eight deps, four heads and 256 bytes of ext with room to spare; keeps stubs small. */
  header: 1024,
  /** Larger things are blobs, by hash. */
  payload: 65_536,
  ext: 256,
  deps: 8,
  /** More concurrent control heads are merged first. */
  heads: 4,
  kind: 64,
  /** One frame: several full payloads, little enough not to hold up a ping. */
  frame: 262_144,
  /** Characters of one message: what Discord allows tenfold; longer texts are files. */
  messageText: 40_000,
  /** Of a forum's topic. */
  title: 200,
  tag: 32,
  tagsOfTopic: 5,
  /** UTF-16 code units: the longest there are, families of four with skin tones, have 25. */
  emoji: 32,
  question: 300,
  pollOptions: 20,
  pollOption: 200,
  itemText: 500,
  itemsOfList: 500,
  /** Of one account on one message; an honest interface offers no more. */
  reactionsOfOne: 20,
  filesOfMessage: 10,
  /** Chunks of the largest file, 2^40 bytes. */
  chunks: 2 ** 23,
  /** Of a blob, asked for at once: 2 MiB. */
  pieces: 16,
  /** Bytes of a thumbnail: half a chunk. */
  thumb: 65_536,
  /** What a picture shows, in words. */
  alt: 1_000,
  name: 64,
  topic: 1024,
  about: 500,
  pronouns: 40,
  /** Of a status: one line beside a name. */
  statusText: 100,
  /** What whoever is away leaves behind. */
  awayText: 200,
  /** Travels to every member of every space its owner is in. */
  avatar: 32_768,
  /** Pixels of either side: what a small file unfolds to in memory is 4 MiB at most. */
  avatarSide: 1024,
  accountParents: 8,
  accountSignatures: 4,
  /** A lifetime of leaked phrases. */
  rotations: 32,
  certificate: 16_384,
  /** Of one account's log: more devices than anybody has in a lifetime. */
  accountEntries: 512,
  /** Characters under one key of own data: a draft, or a list of settings. */
  ownValue: 16_384,
  /** Of what one frame of linking or recovery tells. */
  deviceStep: 200_000,
  sharedSpaces: 64,
  /** In one conversation, as far as an offer of it names them. */
  offerPeople: 64,
  rootKeys: 8,
  parents: 4,
  recordType: 32,
  recordKey: 64,
  recordValue: 65_536,
  /** Its value, and room for all else. */
  record: 66_560,
  /** Addresses one device announces: interfaces × transports. */
  addresses: 16,
  address: 256,
  invitePeers: 8,
  inviteAddresses: 8,
  inviteLink: 4096,
  verificationCode: 256,
  /** The reader's devices. */
  introductionBoxes: 32,
  /** Ciphertext of all that one account has to say to another about introductions; the offers, answers and places fit. */
  introduction: 60_000,
  /** Devices of those who moderate. */
  reportBoxes: 32,
  reportReason: 500,
  introductionOffers: 8,
  introductionAnswers: 32,
  introductionPeers: 4,
  introductionAddresses: 4,
  tags: 1024,
  /** Rows, ranges and ids in one frame: about 40 kB of ids. */
  page: 512,
  /** Seq ranges of one feed that are named at once; more holes than that are asked for in turns. */
  ranges: 256,
  aliases: 65_536,
  agent: 64,
  ephemeralTtl: 120_000,
  ephemeralValue: 1024,
  /** Reasons in words, in `close` and `bye`. */
  reason: 256,
} as const;
