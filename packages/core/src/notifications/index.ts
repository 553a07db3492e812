export { type Cause, type Decision, type Facts, type Obstacle, type Reason, type Situation, decide } from "./decide.ts";
export { keywordFinder } from "./keywords.ts";
export { isTimeZone, quietUntil } from "./quiet-hours.ts";
export { type GeneralRules, type Level, type QuietHours, type Rule, type Rules, type Scope, startingRules } from "./rules.ts";
