export { createVirtualClock, defaultStart } from "./virtual-clock.ts";
export type { VirtualClock, VirtualClockOptions, WallClock } from "./virtual-clock.ts";
