export { createLibp2pLinks } from "./libp2p-links.ts";
export type { Libp2pLinksOptions } from "./libp2p-links.ts";
export { PortBusyError } from "./port-busy-error.ts";
export { systemClock } from "./system-clock.ts";
