const shapes = [
  { pattern: /^\/ip4\/([\d.]+)\/tcp\/(\d+)(\/ws)?$/u, write: (host: string) => host },
  { pattern: /^\/ip6\/([\da-f:.]+)\/tcp\/(\d+)(\/ws)?$/iu, write: (host: string) => `[${host}]` },
  { pattern: /^\/dns[46]?\/([^/]+)\/tcp\/(\d+)(\/wss?)?$/u, write: (host: string) => host },
];

/** As people know addresses: `192.0.2.1:4001`, with what is spoken there where it is not plain TCP. What is of no known shape stays a multiaddr. */
export function readableAddress(multiaddr: string): string {
  for (const { pattern, write } of shapes) {
    const [, host, port, above] = pattern.exec(multiaddr) ?? [];
    if (host && port) return `${write(host)}:${port}${above ? " (WebSocket)" : ""}`;
  }
  return multiaddr;
}
