// Markdown through a sanitiser, as nodes: what a message says can never become part of a page.
import DOMPurify from "dompurify";
import { marked } from "marked";
import { useLayoutEffect, useRef } from "preact/hooks";

const ALLOWED = {
  ALLOWED_TAGS: ["p", "br", "strong", "em", "b", "i", "ul", "ol", "li", "a", "pre", "code", "blockquote", "h3", "h4", "hr", "table", "thead", "tbody", "tr", "th", "td"],
  ALLOWED_ATTR: ["href", "start"],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

export function Markdown({ text, lang }: { text: string; lang: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(nodesOf(text));
  }, [text]);
  return <div ref={place} class="prose" lang={lang} />;
}

function nodesOf(text: string): Node {
  try {
    const html = marked.parse(withoutHtml(text), { async: false, gfm: true, breaks: true });
    const nodes = DOMPurify.sanitize(html, ALLOWED);
    for (const link of nodes.querySelectorAll("a")) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
    return nodes;
  } catch {
    return document.createTextNode(text); // a page whose policy forbids even parsing
  }
}

/** HTML in a message is words: it is shown, not meant. */
function withoutHtml(text: string): string {
  return text.replace(/</g, "&lt;");
}
