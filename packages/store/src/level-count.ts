/**
 * A number for each channel that is asked for after every batch that comes in, though counting takes longer the more there is: so it
 * is counted once and kept level with what changes.
 */
export interface LevelCount {
  of(channel: number): number;
  add(channel: number, rows: number): void;
  /** Count again when next asked. */
  forget(channel: number): void;
  forgetAll(): void;
}

export function createLevelCount(count: (channel: number) => number): LevelCount {
  const known = new Map<number, number>();
  return {
    of(channel) {
      const rows = known.get(channel) ?? count(channel);
      known.set(channel, rows);
      return rows;
    },
    add(channel, rows) {
      const before = known.get(channel);
      if (before !== undefined) known.set(channel, before + rows);
    },
    forget: (channel) => void known.delete(channel),
    forgetAll: () => known.clear(),
  };
}
