import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeDisk } from "@multichat/testing/conformance/disk";
import { createFolderDisk } from "./index.ts";

describeDisk("a folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "multichat-disk-"));
  return {
    disk: createFolderDisk(join(folder, "blobs")),
    spoil(name, at) {
      const path = join(folder, "blobs", name);
      const bytes = readFileSync(path);
      bytes[at]! ^= 1;
      writeFileSync(path, bytes);
    },
    dispose: () => rmSync(folder, { recursive: true }),
  };
});
