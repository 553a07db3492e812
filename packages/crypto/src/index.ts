export { createNodeCrypto } from "./node-crypto.ts";
export { createNodeRandom } from "./node-random.ts";
