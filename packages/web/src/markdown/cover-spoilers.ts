import { t } from "../i18n/messages.ts";

/** Spoilers are buttons until they were asked for: neither seen, selected nor read aloud before that (prose.css). */
export function coverSpoilers(root: HTMLElement): void {
  for (const spoiler of root.querySelectorAll<HTMLElement>(
    ".spoiler:not([role], .spoiler-shown)",
  )) {
    spoiler.setAttribute("role", "button");
    spoiler.setAttribute("aria-label", t("spoiler.show"));
    spoiler.title = t("spoiler.show");
    spoiler.tabIndex = 0;
    spoiler.addEventListener("click", show);
    spoiler.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") show(event);
    });
  }
}

function show(event: Event): void {
  const spoiler = event.currentTarget as HTMLElement;
  if (spoiler.classList.contains("spoiler-shown")) return;
  event.preventDefault();
  event.stopPropagation();
  spoiler.classList.add("spoiler-shown");
  for (const attribute of ["role", "aria-label", "title"]) spoiler.removeAttribute(attribute);
  // Who came by keyboard stays where they are, and hears it.
  spoiler.tabIndex = -1;
}
