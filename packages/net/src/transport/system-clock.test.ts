import { describeClock } from "@multichat/testing/conformance/clock";
import { systemClock } from "./system-clock.ts";

describeClock("system", () => ({ clock: systemClock, wait: (promise) => promise }));
