import { spawn } from "node:child_process";

/** Shows an address in the person's browser; says whether one could be started. */
export function openInBrowser(platform: NodeJS.Platform, address: string): Promise<boolean> {
  const [command, ...args] = opener(platform);
  const child = spawn(command, [...args, address], { detached: true, stdio: "ignore" });
  // The browser outlives this process.
  child.unref();
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("spawn", () => resolve(true));
  });
}

function opener(platform: NodeJS.Platform): [string, ...string[]] {
  switch (platform) {
    case "darwin":
      return ["open"];
    case "win32":
      // Unlike `start` this reads no shell syntax in the address.
      return ["rundll32.exe", "url.dll,FileProtocolHandler"];
    default:
      return ["xdg-open"];
  }
}
