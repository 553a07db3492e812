/** What taking something away from somebody would do, signed by a node that has not heard from others lately (spec/04-control.md, rule 10). */

/**
 * A sentence or two for a person.
 * @param heardAt when another member was last heard, ms; null if never
 * @param whom those it is taken from, as the subject of a sentence
 */
export function consequences(heardAt: number | null, whom: string): string {
  const since = heardAt === null ? "You have not heard from other members yet" : `You have not heard from other members since ${new Date(heardAt).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return `${since}. Everything that ${whom} did in the meantime would become void for everybody: people they let in, roles they gave, channels and invites they made, and messages you have not received.`;
}

/** As what a command without `override` is refused. */
export function refusal(heardAt: number | null, whom: string): string {
  return `${consequences(heardAt, whom)} Connect to another member first, or do it all the same.`;
}
