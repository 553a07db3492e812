/** Tests of modules that make sentences have the words for them, as a page has before it is drawn. */
import { speak, speakFully } from "../src/i18n/messages.ts";

await speak("en");
await speakFully();
