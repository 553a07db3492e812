/** The part of a WebSocket that the client uses; the browser's, Node's and the `ws` package's all have it. */
export interface Socket {
  send(text: string): void;
  close(): void;
  addEventListener(type: "open" | "close" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
}

/** Headers are only ever given with a token, so never to a browser's WebSocket, which takes none. */
export type SocketConstructor = new (
  url: string,
  options?: { headers: Record<string, string> },
) => Socket;

/** `http://127.0.0.1:4321` → `ws://127.0.0.1:4321/api/v1/socket` */
export function socketUrl(url: string): string {
  const target = new URL("/api/v1/socket", url);
  target.protocol = target.protocol === "https:" ? "wss:" : "ws:";
  return target.href;
}
