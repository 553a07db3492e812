/** The last word on what reaches the page: a short list of elements and attributes. */
import DOMPurify from "dompurify";

const elements = [
  "p", "br", "strong", "em", "s", "code", "pre", "a", "ul", "ol", "li", "blockquote", "hr",
  "h1", "h2", "h3", "h4", "h5", "h6", "span", "table", "thead", "tbody", "tr", "th", "td",
];
const attributes = ["href", "target", "rel", "start", "align", "class"];
/** The only looks that a text can ask for: mentions, spoilers, and code in its colours. */
const looks = /^(?:mention|mention mention-you|spoiler|language-[\w+#.-]{1,30}|hljs-[\w -]{1,60})$/u;

DOMPurify.addHook("uponSanitizeAttribute", (_element, attribute) => {
  if (attribute.attrName === "class") attribute.keepAttr = looks.test(attribute.attrValue);
});

// Once: given with each text, it would be read anew each time.
DOMPurify.setConfig({
  ALLOWED_TAGS: elements,
  ALLOWED_ATTR: attributes,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|multichat):|#\/[uw]\/[0-9a-f])/iu,
});

export function sanitise(html: string): string {
  return DOMPurify.sanitize(html);
}
