/** Whether this browser shows notifications of this page, and asking for it. */
export type Permission = NotificationPermission | "unsupported";

export function permission(): Permission {
  return "Notification" in window && "serviceWorker" in navigator ? window.Notification.permission : "unsupported";
}

/** To be called from a click: browsers ask the person only then. */
export async function askPermission(): Promise<Permission> {
  if (permission() === "unsupported") return "unsupported";
  return window.Notification.requestPermission();
}
