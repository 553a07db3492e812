/**
 * Public keys kept in imported form. Importing costs as much as verifying; one entry holds a few hundred bytes, so that a space with
 * thousands of devices still fits and memory stays near 1 MB.
 */
export const importedPublicKeys = 4096;

/** Bytes of randomness asked of the system at a time for small values: 256 salts. */
export const drawnAtOnce = 4_096;

/** The length of a salt, in bytes. Longer values may be keys. */
export const largestDrawn = 16;
