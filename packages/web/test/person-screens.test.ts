import { personScreenNames } from "./fake/person-screen-names.ts";
import { lookAt } from "./look-at-screens.ts";

lookAt(personScreenNames, []);
