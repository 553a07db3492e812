/** What one is told of, in memory. */
import type { InboxItem, NotificationRules } from "@multichat/client/contract";
import type { Handlers } from "./governing.ts";

const starting: NotificationRules = {
  workspaces: "mentions", conversations: "all", everyone: true, reactions: true, requests: true, reports: true, sound: false,
  pausedUntil: 0, quiet: { zone: null, times: [] }, keywords: [], rules: [],
};

export function notifications(): Handlers {
  let rules = starting;
  const items: InboxItem[] = [];
  return {
    "notify.rules": () => ({ rules }),
    "notify.settings": (change) => {
      rules = { ...rules, ...change };
      return { rules };
    },
    "notify.rule": ({ scope, id, rule }) => {
      rules = { ...rules, rules: [...rules.rules.filter((one) => one.scope !== scope || one.id !== id), { scope, id, rule }] };
      return { rules };
    },
    "notify.why": () => ({ decision: { how: "nothing", cause: null, keyword: null, reason: { why: "level", of: "general", level: "mentions" } } }),
    "inbox.list": () => ({ items, unread: 0, hasOlder: false }),
    "inbox.clear": () => ({ unread: 0 }),
  };
}
