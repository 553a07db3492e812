/**
 * The tables (spec/08-store.md). Spaces, channels, devices and feeds are named by small integers inside the database, so that a row
 * carries a few bytes instead of three 32-byte ids. No column repeats what another table answers as fast.
 */

/** "MCst", so that `file` and we can tell a Multichat store from another SQLite database. */
export const applicationId = 0x4d437374;

export const schema = `
  -- incarnation: BLOB. open: whether a node has (or had, when it died) this database open. arrivals: the least number not yet
  -- given out, kept only where the events themselves no longer tell.
  CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

  -- state is NULL for a space of which there are events but which was never put.
  CREATE TABLE spaces (
    key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, secret BLOB, state TEXT, joined_at INTEGER
  ) STRICT;
  CREATE TABLE channels (
    key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, space INTEGER NOT NULL REFERENCES spaces
  ) STRICT;
  CREATE INDEX channels_space ON channels (space);
  CREATE TABLE devices (key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE) STRICT;

  -- The highest range of seqs held stands in the row, because a live feed changes nothing else; what lies below a hole is in
  -- lower_ranges. top_to is 0 while nothing is held.
  CREATE TABLE feeds (
    key INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channels,
    device INTEGER NOT NULL,
    top_from INTEGER NOT NULL, top_to INTEGER NOT NULL, tip BLOB NOT NULL, arrival INTEGER NOT NULL,
    UNIQUE (channel, device)
  ) STRICT;
  CREATE TABLE lower_ranges (
    feed INTEGER NOT NULL REFERENCES feeds, first INTEGER NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (feed, first)
  ) STRICT, WITHOUT ROWID;

  -- The arrival number is the row's own key, so that events lie in the file in the order they came. Two events may have one
  -- (feed, seq): that is a fork, and both are its proof.
  CREATE TABLE events (
    arrival INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    feed INTEGER NOT NULL, channel INTEGER NOT NULL, seq INTEGER NOT NULL,
    hlc INTEGER NOT NULL, kind TEXT NOT NULL,
    header BLOB NOT NULL, signature BLOB NOT NULL, salt BLOB, payload BLOB
  ) STRICT;
  CREATE UNIQUE INDEX events_id ON events (id);
  CREATE INDEX events_feed ON events (feed, seq);
  CREATE INDEX events_order ON events (channel, hlc);

  -- A projection of events: can be thrown away and made again.
  CREATE TABLE timeline (
    channel INTEGER NOT NULL, time INTEGER NOT NULL, id BLOB NOT NULL, arrival INTEGER NOT NULL,
    unread INTEGER NOT NULL, late INTEGER NOT NULL,
    PRIMARY KEY (channel, time, id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX timeline_event ON timeline (arrival);
  CREATE INDEX timeline_unread ON timeline (channel, time) WHERE unread = 1;

  CREATE TABLE records (
    scope TEXT NOT NULL, type TEXT NOT NULL, account BLOB NOT NULL, device BLOB NOT NULL, key BLOB NOT NULL,
    hlc INTEGER NOT NULL, bytes BLOB NOT NULL, signature BLOB NOT NULL,
    UNIQUE (scope, type, account, device, key)
  ) STRICT;

  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
