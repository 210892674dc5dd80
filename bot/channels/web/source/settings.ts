// How a page sets the widget up: attributes of the tag, or the same names given to Redress.mount().
import { LANGUAGES, type Language } from "./entry";

export interface Settings {
  language: Language | "auto";
  jurisdiction: string | null;
  accent: string | null;
  theme: "light" | "dark" | "auto";
  position: "left" | "right";
  label: string | null;
  simple: boolean;
  open: boolean;
  /** A selector: the panel stands in that element of the page instead of behind a launcher. */
  target: string | null;
}

export type Given = Partial<Record<keyof Settings, unknown>>;

export function settingsFrom(given: Given): Settings {
  return {
    language: languageOf(text(given.language)) ?? "auto",
    jurisdiction: /^[A-Za-z]{2}$/.test(text(given.jurisdiction)) ? text(given.jurisdiction).toUpperCase() : null,
    accent: text(given.accent) || null,
    theme: oneOf(text(given.theme), ["light", "dark", "auto"]) ?? "auto",
    position: oneOf(text(given.position), ["left", "right"]) ?? "right",
    label: text(given.label) || null,
    simple: yes(given.simple),
    open: yes(given.open),
    target: text(given.target) || null,
  };
}

/** The language of a tag like `zh-HK`, `zh_CN` or `en-GB`; null where it is none of ours. */
export function languageOf(tag: string): Language | null {
  const lower = tag.toLowerCase().replace("_", "-");
  const exact = LANGUAGES.find((language) => language.toLowerCase() === lower);
  if (exact) return exact;
  if (/^(zh|yue)\b/.test(lower)) return /hant|-(tw|hk|mo)\b|^yue/.test(lower) ? "zh-Hant" : "zh-Hans";
  return /^en\b/.test(lower) ? "en" : null;
}

/** The language for a page that did not say: its own, else the browser's. */
export function languageOfPage(): Language {
  for (const tag of [document.documentElement.lang, ...navigator.languages]) {
    const language = tag && languageOf(tag);
    if (language) return language;
  }
  return "en";
}

function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function yes(value: unknown): boolean {
  return value === true || (typeof value === "string" && value !== "false");
}

function oneOf<T extends string>(value: string, allowed: readonly T[]): T | undefined {
  return allowed.find((each) => each === value);
}
