/** Adoption (spec/04-control.md, rule 5): somebody at least as senior as a cause keeps events that it would have made void. */
import type { Standing } from "../acts.ts";
import type { Fact } from "../facts.ts";
import type { Judged } from "../judged.ts";

/** Whether `event` was adopted against this cause. */
export function adopted({ acts, rules }: Judged, event: Pick<Fact, "id">, cause: Standing): boolean {
  return acts.adopts.of(cause.fact.id).some(({ fact, rank }) => {
    const { control } = fact;
    return control?.kind === "adopt" && rules.adopts({ adopt: rank, cause: cause.rank }) && control.payload.ids.includes(event.id);
  });
}
