import { personScreenNames } from "./fake/person-screen-names.ts";
import { screenNames } from "./fake/screen-names.ts";
import { lookAt } from "./look-at-screens.ts";

const others = new Set<string>(personScreenNames);

lookAt(
  screenNames.filter((name) => !others.has(name)),
  ["team", "gone", "connections"],
);
