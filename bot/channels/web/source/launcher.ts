// One widget on the page: its host element, its shadow, the launcher, and the panel once it is there.
import css from "./launcher.css?inline";
import { tonesOf } from "./colour";
import type { Emitter } from "./emitter";
import type { Language } from "./entry";
import { type Settings, languageOfPage } from "./settings";
import { addSheet } from "./sheet";
import words from "./words/launcher.json";

declare const PANEL: string;

/** What the panel's module gives. */
export interface Panel {
  show(): void;
  hide(): void;
  send(text: string): void;
  destroy(): void;
}
export interface PanelModule {
  createPanel(widget: Widget, into: HTMLElement): Promise<Panel>;
}

const ICON = "M9 24.5h18M18 8v16.5M10 12h16M10 12l-3.4 7a3.6 3.6 0 0 0 6.8 0zM26 12l-3.4 7a3.6 3.6 0 0 0 6.8 0z";

export class Widget {
  readonly host = document.createElement("redress-widget");
  readonly shadow: ShadowRoot;
  isOpen = false;
  private readonly launcher: HTMLButtonElement;
  private readonly label = document.createElement("span");
  private readonly badge = document.createElement("span");
  private readonly box = document.createElement("div");
  private panel: Promise<Panel> | null = null;
  private language: Language;
  private unread = 0;
  private started = false;
  private watching: MutationObserver | null = null;

  constructor(readonly base: string, readonly settings: Settings, readonly emitter: Emitter, readonly nonce: string) {
    this.language = settings.language === "auto" ? languageOfPage() : settings.language;
    this.shadow = this.host.attachShadow({ mode: "open" });
    addSheet(this.shadow, css, nonce);
    this.host.dataset["theme"] = settings.theme;
    this.host.dataset["position"] = settings.position;
    if (settings.target) this.host.dataset["inline"] = "";
    this.launcher = this.drawLauncher();
    this.box.className = "box";
    this.shadow.append(...(settings.target ? [this.box] : [this.launcher, this.box]));
    this.paint(this.language);
  }

  /** Puts the widget where it belongs, again where the page has thrown it out; false where its place is not there. */
  attach(): boolean {
    const { target } = this.settings;
    const place = target ? document.querySelector(target) : document.body;
    if (!place) return false;
    if (this.host.parentElement !== place) {
      place.append(this.host);
      this.rise();
      this.tone();
    }
    if (!target && !this.watching) {
      this.watching = new MutationObserver(() => this.attach());
      this.watching.observe(document.documentElement, { childList: true });
      this.watching.observe(document.body, { childList: true });
      whenIdle(() => void this.load().catch(() => undefined));
    }
    if ((target || this.settings.open) && !this.started) void this.open(!target);
    this.started = true;
    return true;
  }

  detach(): void {
    this.watching?.disconnect();
    this.watching = null;
    void this.panel?.then((panel) => panel.destroy());
    this.panel = null;
    this.host.remove();
  }

  async open(focus = true): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    this.host.dataset["open"] = "";
    this.launcher.setAttribute("aria-expanded", "true");
    this.count(0);
    try {
      const panel = await this.load();
      if (!this.isOpen) return;
      if (focus) panel.show();
      this.emitter.emit("open", {}, this.host);
    } catch {
      this.isOpen = false;
      this.panel = null;
      delete this.host.dataset["open"];
      this.launcher.setAttribute("aria-expanded", "false");
      this.label.textContent = words[this.language].failed;
      this.launcher.setAttribute("aria-label", this.label.textContent);
    }
  }

  close(): void {
    if (!this.isOpen || this.settings.target) return;
    this.isOpen = false;
    delete this.host.dataset["open"];
    this.launcher.setAttribute("aria-expanded", "false");
    void this.panel?.then((panel) => panel.hide());
    this.launcher.focus();
    this.emitter.emit("close", {}, this.host);
  }

  async send(text: string): Promise<void> {
    await this.open();
    (await this.load()).send(text);
  }

  /** The panel's module, fetched once. */
  load(): Promise<Panel> {
    this.panel ??= (import(/* @vite-ignore */ new URL(PANEL, this.base).href) as Promise<PanelModule>)
      .then((module) => module.createPanel(this, this.box));
    return this.panel;
  }

  /** Says how many answers wait behind the launcher. */
  count(unread: number): void {
    this.unread = unread;
    this.badge.textContent = unread ? String(unread) : "";
    this.badge.hidden = !unread;
    this.paint(this.language);
  }

  countOneMore(): void {
    this.count(this.unread + 1);
  }

  paint(language: Language): void {
    this.language = language;
    this.host.lang = language;
    const said = words[language];
    this.label.textContent = this.settings.label ?? said.label;
    const waiting = this.unread ? said.unread.replace("{n}", String(this.unread)) : "";
    this.launcher.setAttribute("aria-label", [this.label.textContent, waiting].filter(Boolean).join(" · "));
  }

  /** Into the top layer where there is one, above whatever the page stacks. */
  private rise(): void {
    if (this.settings.target || !("popover" in this.host)) return;
    this.host.popover = "manual";
    try {
      this.host.showPopover();
    } catch {
      this.host.removeAttribute("popover");
    }
  }

  private tone(): void {
    const given = this.settings.accent ?? getComputedStyle(this.host).getPropertyValue("--redress-accent").trim();
    const tones = given ? tonesOf(given) : null;
    if (!tones) return;
    const { style } = this.host;
    style.setProperty("--r-accent", tones.accent);
    style.setProperty("--r-on-accent", tones.on);
    style.setProperty("--r-tone-light", tones.light);
    style.setProperty("--r-tone-dark", tones.dark);
  }

  private drawLauncher(): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "launcher";
    button.setAttribute("part", "launcher");
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-haspopup", "dialog");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "3 4 30 25");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", ICON);
    svg.append(path);
    this.badge.className = "badge";
    this.badge.hidden = true;
    button.append(svg, this.label, this.badge);
    button.addEventListener("click", () => void this.open());
    for (const name of ["pointerenter", "focus"]) {
      button.addEventListener(name, () => void this.load().catch(() => (this.panel = null)), { once: true });
    }
    return button;
  }
}

function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 4000 });
  else setTimeout(work, 1500);
}
