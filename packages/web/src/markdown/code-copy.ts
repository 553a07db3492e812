/** Every code block gets a button that copies it, and can be scrolled with the keyboard. */
import { copyText } from "../design/copy-text.ts";
import { t } from "../i18n/messages.ts";

const confirmedMs = 2_000;

export function addCopyButtons(root: HTMLElement): void {
  for (const scrollable of root.querySelectorAll<HTMLElement>("pre, table")) scrollable.tabIndex = 0;
  for (const block of root.querySelectorAll("pre")) {
    if (block.parentElement?.classList.contains("code-block")) continue;
    const frame = document.createElement("div");
    frame.className = "code-block";
    block.replaceWith(frame);
    frame.append(block, copyButton(block));
  }
}

function copyButton(block: HTMLPreElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code-copy";
  button.textContent = t("code.copy");
  button.addEventListener("click", () => void copy(block, button));
  return button;
}

async function copy(block: HTMLPreElement, button: HTMLButtonElement): Promise<void> {
  if (!(await copyText(block.textContent))) return;
  button.textContent = t("copy.done");
  setTimeout(() => (button.textContent = t("code.copy")), confirmedMs);
}
