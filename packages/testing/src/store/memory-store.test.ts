import { describeStore } from "./conformance/index.ts";
import { createMemoryStore } from "./memory-store.ts";

describeStore("memory", () => ({ store: createMemoryStore() }));
