/** What a message came from, by its name where it is one that is known (spec/export.md); whoever imported it may have named another. */
const names: Readonly<Record<string, string>> = {
  slack: "Slack",
  discord: "Discord",
  irc: "IRC",
  mbox: "mbox",
  multichat: "Multichat",
};

export const importedFrom = (source: string): string =>
  Object.hasOwn(names, source) ? names[source]! : source;
