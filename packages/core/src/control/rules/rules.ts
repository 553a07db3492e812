/**
 * The comparisons on which section "Rules of judgement" of spec/04-control.md stands, one small predicate each. The rest of
 * the resolver gathers their inputs. They are a parameter so that the fuzz can weaken one at a time and see that it notices.
 */

/** How a removal, ban or revoke lies to a grant of its subject and to an event under that grant. */
export interface Reach {
  /** Ranks: of the removal, and of the grant. */
  removal: number;
  grant: number;
  /** The grant was made by somebody who had seen the removal. */
  seenByGrant: boolean;
  /** Whoever removed had seen the event. */
  sawEvent: boolean;
  /** The event's author had seen the removal. */
  seenByEvent: boolean;
}

export interface Rules {
  /** Claims: an author has a permission that its kind of event needs. */
  permits(at: { has: boolean }): boolean;
  /** 1: who acts at `acting` may grant, change or withdraw what has the rank `other`. */
  outranks(acting: number, other: number): boolean;
  /** 1: a grant of the target protects it. `after`: made by somebody who had seen the act. */
  shields(at: { grant: number; acting: number; after: boolean; ended: boolean }): boolean;
  /** 1: bits given with a role or an override are bits their author has. */
  within(given: number, own: number): boolean;
  /** 2: a removal or revoke makes an event under the grant void. */
  voids(reach: Reach): boolean;
  /** 2: turning a bit off voids uses of it by who had not seen it. */
  offReaches(at: { seenByEvent: boolean; sawEvent: boolean }): boolean;
  /** 2: a leave ends a grant for an event. */
  leaveEnds(at: { leaveSawGrant: boolean; seenByEvent: boolean }): boolean;
  /** 3: a grant made at the same time as a removal of its subject is of no use. */
  spoilsGrant(reach: Omit<Reach, "seenByEvent">): boolean;
  /** 3: a grant to somebody banned needs that to be lifted. */
  banHolds(at: { lifted: boolean; over: boolean }): boolean;
  /** 4: of writes of one bit at once. */
  bitOf(on: boolean, off: boolean): boolean;
  /** 5: an adoption is senior enough for its cause. */
  adopts(at: { adopt: number; cause: number }): boolean;
  /** 6: an invite is dead for an admission. `inInvite`: the invite was made by somebody who had seen the cause. */
  killsInvite(at: { inInvite: boolean; sawAdmission: boolean }): boolean;
  /** 6: an admission has a join to lean on. */
  admits(at: { joinStands: boolean }): boolean;
  /** 6: who admits is senior enough for the role. */
  mayAdmit(at: { admitter: number; role: number }): boolean;
  /** 7: a device that has been bound may be bound to this account. */
  mayBind(at: { other: boolean; ended: boolean }): boolean;
  /** 7: an unbinding reaches what its author had not seen. */
  unbindIsStrong(at: { identitySigned: boolean }): boolean;
  /** 7: an identity key stands for a device. `knew`: its word came after a later key's; `seen`: the later key had seen it. */
  keyHolds(at: { knew: boolean; seen: boolean }): boolean;
  /** 7: the identity key takes back what a device did. `removed`, `disarmed`: by somebody who had not seen that, and in the latter case what was done. */
  takesBack(at: { removed: boolean; disarmed: boolean }): boolean;
  /** Root: signatures of distinct keys in force, of how many needed. */
  quorum(at: { signed: number; needed: number }): boolean;
  /** Root: a statement of an older generation that the rotation had not seen. */
  generationOver(at: { sawEvent: boolean }): boolean;
  /** 9: root keys of a parent that signed, of how many pinned. */
  parentQuorum(at: { signed: number; pinned: number }): boolean;
  /** Cuts and fences: senior to the author, or the account itself after an unbind. */
  mayCut(at: { cut: number; grant: number; ownUnbind: boolean }): boolean;
  /** Causes: a mute by somebody of this rank restricts what was written beside it, by somebody of that rank. */
  mutes(at: { mute: number; author: number }): boolean;
  /** Cuts: of two causes, the one in the other's past counts. */
  earlierCauseCounts(at: { inPast: boolean }): boolean;
  /** Cuts at one rank: the later point. */
  laterPoint(a: number, b: number): number;
  /** Cuts and fences: one speaks of a feed. */
  speaksOf(at: { named: boolean; rest: boolean }): boolean;
}

export const rules: Rules = {
  permits: ({ has }) => has,
  outranks: (acting, other) => acting < other,
  shields: ({ grant, acting, after, ended }) => grant <= acting && !after && !ended,
  within: (given, own) => (given & ~own) === 0,
  voids: ({ removal, grant, seenByGrant, sawEvent }) => removal < grant && !seenByGrant && !sawEvent,
  offReaches: ({ seenByEvent, sawEvent }) => !seenByEvent && !sawEvent,
  leaveEnds: ({ leaveSawGrant, seenByEvent }) => leaveSawGrant && seenByEvent,
  spoilsGrant: ({ removal, grant, seenByGrant, sawEvent }) => removal < grant && !seenByGrant && !sawEvent,
  banHolds: ({ lifted, over }) => !lifted && !over,
  bitOf: (on, off) => on && !off,
  adopts: ({ adopt, cause }) => adopt <= cause,
  killsInvite: ({ inInvite, sawAdmission }) => !inInvite && !sawAdmission,
  admits: ({ joinStands }) => joinStands,
  mayAdmit: ({ admitter, role }) => admitter <= role,
  mayBind: ({ other, ended }) => !other && !ended,
  unbindIsStrong: ({ identitySigned }) => identitySigned,
  keyHolds: ({ knew, seen }) => !knew && seen,
  takesBack: ({ removed, disarmed }) => !removed && !disarmed,
  quorum: ({ signed, needed }) => signed >= needed,
  generationOver: ({ sawEvent }) => !sawEvent,
  parentQuorum: ({ signed, pinned }) => signed * 2 > pinned,
  mayCut: ({ cut, grant, ownUnbind }) => cut < grant || ownUnbind,
  mutes: ({ mute, author }) => mute < author,
  earlierCauseCounts: ({ inPast }) => inPast,
  laterPoint: Math.max,
  speaksOf: ({ named, rest }) => named || rest,
};
