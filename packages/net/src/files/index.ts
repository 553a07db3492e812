export { type FetchState, type Fetching, type FetchingDeps, createFetching } from "./fetching.ts";
export { type FetchProblem, type Priority, priorities } from "./transfer.ts";
