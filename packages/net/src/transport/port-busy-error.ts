/** Another program, perhaps another node, listens on the port that was asked for. */
export class PortBusyError extends Error {
  override readonly name = "PortBusyError";
  readonly port: number;

  constructor(port: number, options?: ErrorOptions) {
    super(`port ${port} is in use by another program`, options);
    this.port = port;
  }
}

/** libp2p reports a busy port only in its message: "…: listen EADDRINUSE: address already in use 0.0.0.0:4001". */
export function portBusyError(error: unknown): PortBusyError | null {
  const port =
    error instanceof Error ? /EADDRINUSE[^\n]*:(\d+)/.exec(error.message)?.[1] : undefined;
  return port === undefined ? null : new PortBusyError(Number(port), { cause: error });
}
