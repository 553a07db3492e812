/**
 * Public keys kept in imported form. Importing costs as much as verifying; one entry holds a few hundred bytes, so that a space with
 * thousands of devices still fits and memory stays near 1 MB.
 */
export const importedPublicKeys = 4096;
/** Answers kept until they are asked for: those of a few frames full of small events. */
export const answersAhead = 8192;
