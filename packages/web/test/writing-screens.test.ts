import { writingScreenNames } from "./fake/writing-screen-names.ts";
import { lookAt } from "./look-at-screens.ts";

lookAt(writingScreenNames, ["kinds"]);
