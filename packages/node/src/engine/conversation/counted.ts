/** Where unread messages count: not in an archived channel, nor where this account was taken out. No list leads there any more, so nobody could see to them. */
import type { Space } from "../joining/spaces.ts";

export function countsUnread({ row }: Pick<Space, "row">, { archived }: { archived: boolean }): boolean {
  return row.state === "member" && !archived;
}
