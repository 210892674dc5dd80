// A page to print, built in a frame of its own: the host page's styles do not reach it, and none of its policy is asked for.
import type { State } from "./conversation";
import type { Advice, Language } from "./entry";
import { dayWords, filled, timeWords, type Words } from "./words";

const CSS = `body{font:11pt/1.6 system-ui,"PingFang TC","Microsoft JhengHei","Noto Sans CJK TC",sans-serif;color:#000;margin:0;max-inline-size:44em}
:lang(zh-Hans){font-family:system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:16pt}h2{font-size:11pt;margin:1.4em 0 .2em;break-after:avoid}h3{font-size:11pt;margin:1em 0 .2em;break-after:avoid}
p,li{margin:.2em 0;white-space:pre-wrap;overflow-wrap:anywhere}.soft{color:#444;font-size:9.5pt}.letter{border:1pt solid #999;padding:1em}@page{margin:18mm}`;

export function printConversation(state: State, language: Language, words: Words): void {
  printPage(words.print_title, language, (page) => {
    page.add("h1", words.print_title);
    page.add("p", new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(new Date()), "soft");
    for (const entry of state.entries) {
      const who = { person: words.you, bot: words.bot, adviser: words.adviser }[entry.said_by];
      page.add("h2", `${who} · ${timeWords(entry.at, language)}`);
      if (entry.custom?.type === "advice" && entry.custom.in_scope) adviceOn(page, entry.custom, words);
      else if (entry.custom?.type === "document") page.add("p", entry.custom.text, "letter");
      else page.add("p", entry.said_by === "person" ? entry.text : entry.text.replace(/\*\*|```/g, ""));
    }
  });
}

export function printText(title: string, text: string, language: Language): void {
  printPage(title, language, (page) => page.add("p", text));
}

function adviceOn(page: Page, advice: Advice, words: Words): void {
  const { language } = advice;
  for (const right of advice.rights) {
    page.add("h3", `${{ yes: "✓", depends: "?", no: "✗" }[right.applies]} ${right.title}`);
    page.add("p", right.summary);
    if (right.deadline?.date) page.add("p", `${filled(words.by, { day: dayWords(right.deadline.date, language) })} (${right.deadline.rule})`);
    for (const law of right.citations) page.add("p", `${law.law}, ${law.provision} ${law.url}`, "soft");
  }
  page.add("h3", words.steps);
  advice.next_steps.forEach((step, i) => page.add("p", `☐ ${i + 1}. ${step.text}${step.by ? ` (${filled(words.by, { day: dayWords(step.by, language) })})` : ""}`));
  page.add("h3", words.evidence);
  for (const piece of advice.evidence) page.add("p", `☐ ${piece}`);
  page.add("h3", words.authorities);
  for (const body of advice.authorities) page.add("p", [body.name, body.phone, body.url, body.cost].filter(Boolean).join(" · "));
  page.add("p", advice.disclaimer, "soft");
}

interface Page { add(tag: string, text: string, className?: string): void }

function printPage(title: string, language: Language, fill: (page: Page) => void): void {
  const frame = document.createElement("iframe");
  frame.setAttribute("aria-hidden", "true");
  frame.dataset["redressPrint"] = "";
  frame.style.cssText = "position:fixed;inset-inline-start:-10000px;width:800px;height:600px;border:0";
  document.body.append(frame);
  const view = frame.contentWindow as (Window & typeof globalThis) | null, inside = frame.contentDocument;
  if (!view || !inside) return;
  inside.title = title;
  inside.documentElement.lang = language;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(CSS);
  inside.adoptedStyleSheets = [sheet];
  fill({
    add: (tag, text, className = "") => {
      const node = inside.createElement(tag);
      node.textContent = text;
      node.className = className;
      inside.body.append(node);
    },
  });
  view.addEventListener("afterprint", () => setTimeout(() => frame.remove(), 1000));
  view.focus();
  view.print();
}
