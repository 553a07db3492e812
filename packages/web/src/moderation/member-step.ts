import type { Id, Member } from "@multichat/client/contract";

/** What can be done about a member, from the mildest on. */
export const memberSteps = ["roles", "mute", "kick", "ban"] as const;
export type MemberStep = (typeof memberSteps)[number];

export interface StepProps {
  space: Id;
  member: Member;
  onDone(): void;
  onBack(): void;
}
