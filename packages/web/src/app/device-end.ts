import type { Status } from "@multichat/client/contract";
import { useAppState } from "../state/context.tsx";

export interface DeviceEnd {
  kind: "revoked" | "stopped";
  /** What happened, in words. */
  message: string;
}

/** Whether this device has ended, and how. */
export function deviceEnd(status: Status | null): DeviceEnd | null {
  if (!status) return null;
  if (status.signedOut !== null) return { kind: "revoked", message: status.signedOut };
  const stopped = status.problems.find(({ code }) => code === "device-stopped");
  return stopped ? { kind: "stopped", message: stopped.message } : null;
}

/** Null also for who looks back at what is left. */
export function useDeviceEnd(): DeviceEnd | null {
  const status = useAppState((s) => s.status);
  const looksBack = useAppState((s) => s.looksBack);
  return looksBack ? null : deviceEnd(status);
}
