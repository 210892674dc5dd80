// The words of the panel, one language at a time: a reader fetches only their own.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language } from "./entry";
import type en from "./words/en.json";

export type Words = typeof en;

const FILES: Record<Language, () => Promise<{ default: Words }>> = {
  en: () => import("./words/en.json"),
  "zh-Hant": () => import("./words/zh-Hant.json"),
  "zh-Hans": () => import("./words/zh-Hans.json"),
};

export async function wordsFor(language: Language): Promise<Words> {
  return (await FILES[language]()).default;
}

export interface Spoken { language: Language; words: Words }

export const SpokenContext = createContext<Spoken>(null as unknown as Spoken);

export function useSpoken(): Spoken {
  return useContext(SpokenContext);
}

export function filled(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function dayWords(iso: string, language: Language): string {
  const date = new Date(`${iso}T12:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(localeOf(language), { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" }).format(date);
}

export function timeWords(seconds: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(seconds * 1000));
}

export function localeOf(language: Language): string {
  return { en: "en-GB", "zh-Hant": "zh-Hant-TW", "zh-Hans": "zh-Hans-CN" }[language];
}
