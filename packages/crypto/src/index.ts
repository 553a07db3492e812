export { type NodeCrypto, createNodeCrypto } from "./node-crypto.ts";
export { createNodeRandom } from "./node-random.ts";
export type { SignatureCheck } from "./verify-ahead.ts";
