export { createApiServer } from "./api-server.ts";
export type { ApiServer, ApiServerOptions, StartedApi } from "./api-server.ts";
export { StartError } from "./start-error.ts";
