export { createApiServer } from "./api-server.ts";
export { StartError } from "./start-error.ts";
