import { governedScreenNames } from "./fake/governed-screen-names.ts";
import { personScreenNames } from "./fake/person-screen-names.ts";
import { screenNames } from "./fake/screen-names.ts";
import { writingScreenNames } from "./fake/writing-screen-names.ts";
import { lookAt } from "./look-at-screens.ts";

const elsewhere = new Set<string>([
  ...governedScreenNames,
  ...personScreenNames,
  ...writingScreenNames,
]);

lookAt(
  screenNames.filter((name) => !elsewhere.has(name)),
  ["team", "gone", "connections"],
  ["team", "settings-appearance"],
);
