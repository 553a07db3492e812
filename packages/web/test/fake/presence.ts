/** Who is there, on the in-memory Multichat: by their places in the list of members. */
import type {
  CommandName,
  Commands,
  Id,
  OwnPresence,
  Person,
  Presence,
  PresenceSettings,
} from "@multichat/client/contract";
import { hour, now, type World } from "./world.ts";

type Handlers = { [C in CommandName]?: (params: Commands[C][0]) => Commands[C][1] };

export function presence(world: World, told: (own: OwnPresence) => void): Handlers {
  let own: OwnPresence = { chosen: "online", until: 0, state: "online", status: null };
  let settings: PresenceSettings = {
    visibility: "everyone",
    lastSeen: true,
    typing: true,
    receipts: false,
    spaces: [],
    people: people()
      .slice(2, 4)
      .map((person, at) => ({ person, show: at === 0 ? "never" : "always" })),
  };

  function people(): Person[] {
    return Object.values(world.members)
      .flat()
      .map(({ id, name }) => ({ id, name }));
  }

  function of(account: Id): Presence {
    if (account === world.status.account?.id)
      return { account, state: own.state, lastSeen: null, status: own.status };
    const index = Object.values(world.members)
      .flat()
      .findIndex(({ id }) => id === account);
    const state = (["online", "away", "dnd", "offline"] as const)[index % 4] ?? "offline";
    const status =
      index % 3 === 0
        ? {
            emoji: "🌴",
            text: "On holiday until the end of the month",
            away: "Ask Carol about the watering",
            until: 0,
          }
        : null;
    return { account, state, lastSeen: state === "offline" ? now - index * hour : null, status };
  }

  return {
    "presence.get": () => ({ own }),
    "presence.set": ({ state = own.chosen, until = 0, status = own.status }) => {
      own = { chosen: state, until, state: state === "invisible" ? "offline" : state, status };
      told(own);
      return { own };
    },
    "presence.active": () => ({}),
    "presence.watch": ({ accounts }) => ({ people: accounts.map(of) }),
    "presence.settings": () => ({ settings }),
    "presence.set-settings": ({ spaces: _spaces, people: asked = [], ...changed }) => {
      const others = settings.people.filter(({ person }) =>
        asked.every(({ account }) => account !== person.id),
      );
      const chosen = asked.flatMap(({ account, show }) =>
        show === null ? [] : [{ person: people().find(({ id }) => id === account)!, show }],
      );
      settings = { ...settings, ...changed, people: [...others, ...chosen] };
      return { settings };
    },
    "typing.set": () => ({}),
    "message.seen": () => ({
      seen: {
        available: settings.receipts,
        people:
          Object.values(world.members)[0]
            ?.slice(1, 4)
            .map(({ id, name }) => ({ id, name })) ?? [],
        of: 11,
      },
    }),
  };
}
