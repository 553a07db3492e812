import type { Delivery } from "@multichat/client/contract";

/** ◌ being saved, ○ stored here, ◐ on some devices, ● on all. */
export type DeliveryLevel = "saving" | "stored" | "some" | "all";

export function deliveryLevel(delivery: Delivery | null): DeliveryLevel {
  if (!delivery) return "saving";
  if (delivery.of === 0 || delivery.devices === 0) return "stored";
  return delivery.devices < delivery.of ? "some" : "all";
}
