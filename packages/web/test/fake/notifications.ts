/** What one is told of, in memory. */
import type { InboxItem, NotificationRules, PushBrowser, Wake } from "@multichat/client/contract";
import type { Handlers } from "./governing.ts";
import { hour, now } from "./world.ts";

const starting: NotificationRules = {
  workspaces: "mentions",
  conversations: "all",
  everyone: true,
  reactions: true,
  requests: true,
  reports: true,
  sound: false,
  pausedUntil: 0,
  quiet: { zone: null, times: [] },
  keywords: [],
  rules: [],
};

/** A device that was set up long ago: an address that is in trouble, and a browser that is no more. */
const set: Wake = {
  url: "https://ntfy.example.org/a-long-name-that-nobody-guesses",
  calling: false,
  taken: null,
  problem: "It answered 503.",
  browsers: [
    {
      endpoint: "https://updates.push.example.org/wpush/1",
      service: "updates.push.example.org",
      at: now - 900 * hour,
      ended: true,
      calling: false,
      taken: null,
      problem: "It answered 410.",
    },
  ],
};

/** @param told what is called, or how that goes, is otherwise than before */
export function notifications(told: (wake: Wake) => void): Handlers {
  let rules = starting;
  let wake = set;
  const change = (next: Partial<Wake>): { wake: Wake } => {
    wake = { ...wake, ...next };
    told(wake);
    return { wake };
  };
  const without = (endpoint: string): PushBrowser[] =>
    wake.browsers.filter((one) => one.endpoint !== endpoint);
  const taken = { calling: false, taken: now, problem: null };
  const items: InboxItem[] = [];
  return {
    "notify.rules": () => ({ rules }),
    "notify.settings": (change) => {
      rules = { ...rules, ...change };
      return { rules };
    },
    "notify.rule": ({ scope, id, rule }) => {
      rules = {
        ...rules,
        rules: [
          ...rules.rules.filter((one) => one.scope !== scope || one.id !== id),
          { scope, id, rule },
        ],
      };
      return { rules };
    },
    "notify.why": () => ({
      decision: {
        how: "nothing",
        cause: null,
        keyword: null,
        reason: { why: "level", of: "general", level: "mentions" },
      },
    }),
    "wake.get": () => ({ wake }),
    "wake.set": ({ url }) => change({ url, calling: false, taken: null, problem: null }),
    "wake.key": () => ({ key: `B${"A".repeat(86)}` }),
    "wake.subscribe": ({ endpoint }) =>
      change({
        browsers: [
          ...without(endpoint),
          {
            endpoint,
            service: new URL(endpoint).host,
            at: now,
            ended: false,
            calling: false,
            taken: null,
            problem: null,
          },
        ],
      }),
    "wake.unsubscribe": ({ endpoint }) => change({ browsers: without(endpoint) }),
    "wake.test": ({ only }) =>
      change(
        only === null
          ? taken
          : {
              browsers: wake.browsers.map((one) =>
                one.endpoint === only ? { ...one, ...taken } : one,
              ),
            },
      ),
    "inbox.list": () => ({ items, unread: 0, hasOlder: false }),
    "inbox.clear": () => ({ unread: 0, missing: [] }),
  };
}
