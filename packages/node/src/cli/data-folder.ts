import { homedir, userInfo } from "node:os";
import { posix, win32 } from "node:path";

/** Where this platform keeps a program's data. */
export function defaultDataFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  // An empty HOME names no folder.
  home = homedir() || userInfo().homedir,
): string {
  switch (platform) {
    case "win32":
      return win32.join(env["APPDATA"] ?? win32.join(home, "AppData", "Roaming"), "multichat");
    case "darwin":
      return posix.join(home, "Library", "Application Support", "multichat");
    default: {
      // The specification has a relative path ignored.
      const base = env["XDG_DATA_HOME"];
      const valid = base !== undefined && posix.isAbsolute(base);
      return posix.join(valid ? base : posix.join(home, ".local", "share"), "multichat");
    }
  }
}

/** A command to type, for this data folder. */
export function inFolder(command: string, dataDir: string, platform: NodeJS.Platform = process.platform): string {
  return `${command} --data ${platform === "win32" ? quotedOnWindows(dataDir) : quoted(dataDir)}`;
}

/** As a POSIX shell would have to read it. */
function quoted(path: string): string {
  return /^[\w./:@+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

/** Neither of the shells there takes the quotes of the other; no path has a double quote. */
function quotedOnWindows(path: string): string {
  return /^[\w.:\\-]+$/.test(path) ? path : `"${path}"`;
}
