/** Why a file of this machine cannot be read or written, in words for who named it. */

export interface FileTrouble {
  code: "file-exists" | "disk-full" | "file-unreadable";
  message: string;
}

export function fileTrouble(error: unknown, path: string): FileTrouble {
  const code = systemCode(error);
  switch (code) {
    case "EEXIST":
      return { code: "file-exists", message: `${path} is there already. Choose another name.` };
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return { code: "disk-full", message: "There is no room for it on this disk. Free some space, or choose another place." };
    case "ENOENT":
    case "ENOTDIR":
      return { code: "file-unreadable", message: `${path} is not there, or its folder is not.` };
    case "EISDIR":
      return { code: "file-unreadable", message: `${path} is a folder, not a file.` };
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return { code: "file-unreadable", message: `You may not use ${path}: it, or its folder, is not yours to read or write.` };
    default:
      return { code: "file-unreadable", message: `${path} cannot be used (${code ?? "of an unknown cause"}).` };
  }
}

/** What the system calls it, as in `ENOENT`; null for anything else. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}
