import { markdown } from "./markdown.js";
import { NAMES, WORDS } from "./words.js";

const $ = (id) => document.getElementById(id);
const log = $("log"), form = $("form"), text = $("text"), send = $("send"), place = $("place"), language = $("language");
const store = {
  get: (name) => { try { return localStorage.getItem(`redress.${name}`); } catch { return null; } },
  set: (name, value) => { try { value ? localStorage.setItem(`redress.${name}`, value) : localStorage.removeItem(`redress.${name}`); } catch { /* private mode */ } },
};
let session = null, busy = false, places = [];

function pageLanguage() {
  if (language.value) return language.value;
  for (const wanted of navigator.languages || []) {
    const tag = wanted.toLowerCase();
    if (/^zh-(hant|tw|hk|mo)/.test(tag)) return "zh-Hant";
    if (tag.startsWith("zh")) return "zh-Hans";
    if (tag.startsWith("en")) return "en";
  }
  return "en";
}

function words() { return WORDS[pageLanguage()]; }

function paint() {
  document.documentElement.lang = pageLanguage();
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = words()[node.dataset.word];
  text.placeholder = words().hint;
  language.options[0].textContent = words().auto;
  const chosen = place.value || store.get("place") || "";
  place.replaceChildren(new Option(words().anywhere, ""), ...places.map((each) => new Option(each.names[pageLanguage()], each.code)));
  place.value = chosen;
}

function bubble(content, kind) {
  const node = document.createElement("div");
  node.className = `bubble ${kind}`;
  node.append(content);
  log.append(node);
  log.scrollTop = log.scrollHeight;
  return node;
}

function choices(buttons) {
  if (!buttons.length) return;
  const row = document.createElement("div");
  row.className = "choices";
  for (const button of buttons) {
    const node = Object.assign(document.createElement("button"), { type: "button", textContent: button.title });
    node.addEventListener("click", () => { if (!busy) { row.remove(); say(button.payload, button.title); } });
    row.append(node);
  }
  log.append(row);
  log.scrollTop = log.scrollHeight;
}

function copies(node) {
  for (const letter of node.querySelectorAll("pre")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: words().copy });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(letter.textContent);
      button.textContent = words().copied;
    });
    letter.after(button);
  }
}

function show(messages) {
  let first = null;
  for (const message of messages) {
    const custom = message.custom || {};
    const node = bubble(markdown(message.text), `bot ${custom.type || ""} ${custom.reason === "unavailable" ? "failed" : ""}`);
    first = first || node;
    copies(node);
    choices(message.buttons || []);
  }
  if (first) log.scrollTop = first.offsetTop - log.offsetTop - 60;
}

function typing() {
  const node = document.createElement("div");
  node.className = "typing";
  node.setAttribute("aria-hidden", "true");
  for (let dot = 0; dot < 3; dot += 1) node.append(document.createElement("i"));
  log.append(node);
  log.scrollTop = log.scrollHeight;
  return node;
}

async function say(message, shown = message) {
  busy = send.disabled = true;
  const mine = bubble(shown, "me"), dots = typing();
  try {
    const response = await fetch("api/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ session, id: crypto.randomUUID?.(), message, language: language.value || null, jurisdiction: place.value || null }),
    });
    const body = await response.json();
    if (!body.messages) throw new Error(body.detail);
    session = body.session;
    dots.remove();
    show(body.messages);
    if (body.failed) retry(message, shown);
  } catch {
    dots.remove();
    bubble(words().failed, "bot failed");
    retry(message, shown);
    mine.classList.add("failed");
  }
  busy = send.disabled = false;
  if (matchMedia("(pointer: fine)").matches) text.focus();
}

function retry(message, shown) {
  if (message === shown && !text.value) text.value = message;
  grow();
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

function hello() {
  log.replaceChildren();
  bubble(words().hello, "bot");
  choices(words().examples.map((example) => ({ title: example, payload: example })));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const message = text.value.trim();
  if (!message || busy) return;
  text.value = "";
  grow();
  say(message);
});
text.addEventListener("input", grow);
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
$("fresh").addEventListener("click", () => { session = null; hello(); text.focus(); });
place.addEventListener("change", () => store.set("place", place.value));
language.addEventListener("change", () => { store.set("language", language.value); paint(); if (!session) hello(); });

language.append(new Option("", ""), ...Object.entries(NAMES).map(([code, name]) => new Option(name, code)));
language.value = store.get("language") || "";
paint();
hello();
fetch("api/lists").then((response) => response.json()).then((lists) => { places = lists.jurisdictions; paint(); }).catch(() => {});
