/** The two halves of a catalogue, compiled (build/compiled-catalogues.ts). */
declare module "*.json?first" {
  import type { Messages } from "@lingui/core";
  const messages: Messages;
  export default messages;
}
declare module "*.json?later" {
  import type { Messages } from "@lingui/core";
  const messages: Messages;
  export default messages;
}
