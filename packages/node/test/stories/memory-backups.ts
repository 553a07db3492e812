/** Backups in memory, for stories: what the file adds to them has tests of its own. */
import { BackupError, type BackupFiles } from "../../src/engine/accounts/backup/backup-files.ts";

export function createMemoryBackups(): BackupFiles {
  const files = new Map<string, { passphrase: string; items: Uint8Array[] }>();
  return {
    create(path, passphrase) {
      if (files.has(path)) return Promise.reject(new BackupError("file-exists", "There is one already."));
      const items: Uint8Array[] = [];
      files.set(path, { passphrase, items });
      return Promise.resolve({
        write: (item) => Promise.resolve(void items.push(item)),
        close: () => Promise.resolve(items.reduce((sum, { length }) => sum + length, 0)),
        abort: () => Promise.resolve(void files.delete(path)),
      });
    },
    open(path, passphrase) {
      const file = files.get(path);
      if (file === undefined) return Promise.reject(new BackupError("file-unreadable", "There is none."));
      if (file.passphrase !== passphrase) return Promise.reject(new BackupError("wrong-passphrase", "This is not its passphrase."));
      let next = 0;
      return Promise.resolve({
        next: () => Promise.resolve(file.items[next++] ?? null),
        progress: () => ({ read: next, of: file.items.length }),
        close: () => Promise.resolve(),
      });
    },
  };
}
