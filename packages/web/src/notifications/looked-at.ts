/** Whether somebody looks at the app just now, in this tab or in another one of this browser: a tab holds a lock of its own while it is looked at. */
const prefix = "looked-at/";
const own = prefix + crypto.randomUUID();

let release: (() => void) | null = null;

function isThisLookedAt(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

function settle(): void {
  if (isThisLookedAt() === (release !== null)) return;
  if (release) {
    release();
    release = null;
    return;
  }
  const looked = Promise.withResolvers<void>();
  release = looked.resolve;
  void navigator.locks.request(own, () => looked.promise);
}

export function tellOtherTabs(): void {
  for (const event of ["focus", "blur"]) window.addEventListener(event, settle);
  document.addEventListener("visibilitychange", settle);
  settle();
}

export async function isLookedAt(): Promise<boolean> {
  if (isThisLookedAt()) return true;
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name !== own && name?.startsWith(prefix));
}
