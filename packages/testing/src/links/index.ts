export type { MemoryLinks } from "./memory-endpoint.ts";
export { createMemoryNetwork } from "./memory-network.ts";
export type { JoinOptions, MemoryNetwork, MemoryNetworkOptions, Tap } from "./memory-network.ts";
export type { Delay } from "./topology.ts";
export { LinksRecorder } from "./recorder.ts";
export type { LinksEvent } from "./recorder.ts";
