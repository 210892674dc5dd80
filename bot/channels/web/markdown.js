// The little Markdown that replies use, as DOM nodes. Nothing is ever parsed as HTML.
const INLINE = /\*\*(.+?)\*\*|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)|(?<![\w*])[*_]([^*_\n]+)[*_](?!\w)/g;

export function inline(text) {
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.append(text.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[1]) {
      const strong = document.createElement("strong");
      strong.append(inline(match[1]));
      parts.append(strong);
    } else if (match[2]) {
      const link = Object.assign(document.createElement("a"), { href: match[3], target: "_blank", rel: "noopener noreferrer" });
      link.textContent = match[2];
      parts.append(link);
    } else {
      const soft = document.createElement("em");
      soft.append(inline(match[4]));
      parts.append(soft);
    }
  }
  parts.append(text.slice(from));
  return parts;
}

export function markdown(text) {
  const root = document.createDocumentFragment();
  let list = null, pre = null, item = null;
  for (const line of text.split("\n")) {
    if (line.startsWith("```")) {
      pre = pre ? null : root.appendChild(document.createElement("pre"));
      list = null;
      continue;
    }
    if (pre) {
      pre.append(line + "\n");
      continue;
    }
    const bullet = line.match(/^- (.*)/), number = line.match(/^\d+\. (.*)/);
    if (bullet || number) {
      const kind = bullet ? "UL" : "OL";
      if (!list || list.tagName !== kind) list = root.appendChild(document.createElement(kind));
      item = list.appendChild(document.createElement("li"));
      if (/^[✓?？✗]/.test((bullet || number)[1])) item.className = "marked";
      item.append(inline((bullet || number)[1]));
    } else if (list && line.startsWith("  ") && line.trim()) {
      const more = item.appendChild(document.createElement("p"));
      more.append(inline(line.trim()));
    } else if (line.trim()) {
      list = null;
      root.appendChild(document.createElement("p")).append(inline(line));
    } else {
      list = null;
    }
  }
  return root;
}
