/** Randomness as the core sees it: cryptographic in a node, seeded in stories. */
export interface Random {
  bytes(length: number): Uint8Array;
}
