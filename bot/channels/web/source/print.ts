// A page to print, built in a frame of its own: the host page's styles do not reach it, and none of its policy is asked for.
import { groupsOf, hingesOf, openingOf, tickOf } from "./advice";
import type { State } from "./conversation";
import type { Advice, Entry, Language } from "./entry";
import { languageOfText } from "./script";
import { type Words, dayWords, filled, localeOf, timeWords, wordsFor } from "./words";

const CSS = `body{font:11pt/1.6 system-ui,"PingFang TC","Microsoft JhengHei","Noto Sans CJK TC",sans-serif;color:#000;margin:0;max-inline-size:44em}
:lang(zh-Hans){font-family:system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:16pt}h2{font-size:11pt;margin:1.4em 0 .2em;break-after:avoid}h3{font-size:10pt;margin:1.2em 0 .3em;padding-block-end:.15em;border-block-end:.5pt solid #999;break-after:avoid}
h4{font-size:11pt;margin:.9em 0 .1em;break-after:avoid}.day{font-weight:600}
p,li{margin:.2em 0;white-space:pre-wrap;overflow-wrap:anywhere}.soft{color:#444;font-size:9.5pt}.letter{border:1pt solid #999;padding:1em}@page{margin:18mm}`;

export async function printConversation(state: State, language: Language, words: Words): Promise<void> {
  const last = state.entries.filter(isAdvice).at(-1);
  const own = last ? await wordsFor(last.custom.language) : words;
  printPage(words.print_title, language, (page) => {
    page.add("h1", words.print_title);
    page.add("p", new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long", timeStyle: "short" }).format(new Date()), { look: "soft" });
    for (const entry of state.entries) {
      const who = { person: words.you, bot: words.bot, adviser: words.adviser }[entry.said_by];
      page.add("h2", `${who} · ${timeWords(entry.at, language)}`);
      if (isAdvice(entry) && entry !== last) page.add("p", words.older, { look: "soft" });
      else if (isAdvice(entry)) adviceOn(page, entry, state, own);
      else if (entry.custom?.type === "document") page.add("p", entry.custom.text, { look: "letter", lang: entry.custom.language });
      else page.add("p", entry.said_by === "person" ? entry.text : unmarked(entry.text), { lang: languageOfText(entry.text, language) });
    }
  });
}

export function printText(title: string, text: string, language: Language): void {
  printPage(title, language, (page) => page.add("p", text));
}

type AdviceEntry = Entry & { custom: Advice };

function isAdvice(entry: Entry): entry is AdviceEntry {
  return entry.custom?.type === "advice" && entry.custom.in_scope && entry.custom.rights.length > 0;
}

function adviceOn(page: Page, entry: AdviceEntry, state: State, words: Words): void {
  const advice = entry.custom, lang = advice.language;
  const by = (day: string): string => filled(words.by, { day: dayWords(day, lang) });
  const box = (kind: "step" | "evidence", text: string): string => (state.ticks.includes(tickOf(kind, text)) ? "☑" : "☐");
  page.add("p", unmarked(openingOf(entry.text)), { lang });
  for (const group of groupsOf(advice, words)) {
    page.add("h3", group.title, { lang });
    for (const right of group.rights) {
      page.add("h4", right.kind === "excuse" ? right.title : `${right.title} (${words[right.applies]})`, { lang });
      page.add("p", right.summary, { lang });
      const { deadline } = right;
      const passed = (deadline?.days_left ?? 0) < 0;
      const isOpen = right.applies !== "no";
      if (deadline?.date && (passed || isOpen)) page.add("p", passed ? filled(words.passed, { day: dayWords(deadline.date, lang) }) : `${by(deadline.date)} (${deadline.rule})`, { lang, look: "day" });
      else if (deadline && isOpen) page.add("p", deadline.rule, { lang, look: "day" });
      const hinges = hingesOf(right, advice);
      if (hinges.length) page.add("p", `${words.depends_on} ${hinges.join(" ")}`, { lang, look: "soft" });
      if (right.answer_with) page.add("p", `${words.answer_with} ${right.answer_with}`, { lang });
      for (const law of right.citations) {
        const checked = law.checked_on ? filled(words.checked, { day: dayWords(law.checked_on, lang) }) : words.unchecked;
        page.add("p", `${law.law} ${law.provision} · ${checked}\n${law.url}`, { look: "soft" });
      }
    }
  }
  if (advice.next_steps.length) page.add("h3", words.steps, { lang });
  advice.next_steps.forEach((step, i) => {
    const body = advice.authorities.find((each) => each.id === step.authority)?.name;
    page.add("p", [`${box("step", step.text)} ${i + 1}. ${step.text}`, step.by && by(step.by), body].filter(Boolean).join(" · "), { lang });
  });
  if (advice.evidence.length) page.add("h3", words.evidence, { lang });
  for (const piece of advice.evidence) page.add("p", `${box("evidence", piece)} ${piece}`, { lang });
  if (advice.authorities.length) page.add("h3", words.authorities, { lang });
  for (const body of advice.authorities) page.add("p", [body.name, body.when, body.phone, body.url, body.cost].filter(Boolean).join(" · "), { lang });
  page.add("p", advice.disclaimer, { look: "soft", lang });
}

/** Markdown without its marks; of a link the words and the address. */
function unmarked(text: string): string {
  return text.replace(/\[([^\]]+)\]\(([^)]*)\)/g, "$1 ($2)").replace(/\*\*|```/g, "").replace(/(^|\s)_([^_]+)_(?=\s|$)/g, "$1$2");
}

interface Given { look?: "soft" | "day" | "letter"; lang?: Language }
interface Page { add(tag: string, text: string, given?: Given): void }

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
    add: (tag, text, { look, lang } = {}) => {
      if (!text) return;
      const node = inside.createElement(tag);
      node.textContent = text;
      if (look) node.className = look;
      if (lang) node.lang = lang;
      inside.body.append(node);
    },
  });
  view.addEventListener("afterprint", () => setTimeout(() => frame.remove(), 1000));
  view.focus();
  view.print();
}
