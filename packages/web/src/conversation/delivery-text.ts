/** The delivery mark in words: "On 4 of 7 devices: Bob (2), Carol, Dan. Not yet: Eve." */
import type { Delivery, DeliveryDetail, Person } from "@multichat/client/contract";
import { formatLocale, t } from "../i18n/messages.ts";
import { deliveryLevel } from "./delivery-level.ts";

/** Names beyond these are counted. */
const mostNames = 8;

export function deliverySummary(delivery: Delivery | null): string {
  switch (deliveryLevel(delivery)) {
    case "saving":
      return t("delivery.saving");
    case "stored":
      return t(delivery?.of === 0 ? "delivery.onlyHere" : "delivery.stored");
    case "some":
      return t("delivery.some", { devices: delivery!.devices, of: delivery!.of });
    case "all":
      return t("delivery.all", { of: delivery!.of });
  }
}

export function deliverySentence(detail: DeliveryDetail): string {
  const parts = [
    detail.has.length > 0
      ? t("delivery.has", { devices: detail.devices, of: detail.of, names: nameList(detail.has) })
      : deliverySummary(detail),
    detail.waiting.length > 0 ? t("delivery.waiting", { names: nameList(detail.waiting) }) : "",
  ];
  return parts.filter(Boolean).join(" ");
}

function nameList(people: readonly { person: Person; devices: number }[]): string {
  const names = people
    .slice(0, mostNames)
    .map(({ person, devices }) =>
      devices > 1 ? t("delivery.nameDevices", { name: person.name, devices }) : person.name,
    );
  const more = people.length - names.length;
  const shown = more > 0 ? [...names, t("delivery.more", { count: more })] : names;
  return new Intl.ListFormat(formatLocale(), { type: more > 0 ? "conjunction" : "unit" }).format(shown);
}
