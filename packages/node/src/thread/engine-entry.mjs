// Where the engine's thread begins. A thread has no compile cache unless it asks for one, which is 30 MB and half a second of
// work less. Plain JavaScript, because the first TypeScript file without the cache loads the compiler.

import { enableCompileCache } from "node:module";

enableCompileCache();
await import("./engine-thread.ts");
