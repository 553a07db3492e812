/** What reading somebody else's export may cost. */
export const limits = {
  /** One line of a log, or of a mail: a hundred times what fits into a message. */
  lineBytes: 4 * 1024 * 1024,
  /** One message of a JSON export, with everything that was attached to it. */
  elementBytes: 4 * 1024 * 1024,
  /** Characters of one mail's text; the rest is left out and counted. */
  mailText: 200_000,
  /** The last of those that a mail names as answered: lists grow with each answer, and all are held. */
  mailReferences: 20,
  /** Parts within parts of one mail. */
  mailDepth: 8,
  /** Lines that cannot be read, as far as they are listed; all are counted. */
  problems: 20,
  /** Folders of one export, and files of one folder. */
  entries: 100_000,
  /** Names of those who reacted. */
  reactionNames: 20,
} as const;
