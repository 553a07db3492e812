import { governedScreenNames } from "./fake/governed-screen-names.ts";
import { lookAt } from "./look-at-screens.ts";

lookAt(governedScreenNames, []);
