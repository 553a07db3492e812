export { type Connector, type PeerLink, createConnector } from "./connector.ts";
