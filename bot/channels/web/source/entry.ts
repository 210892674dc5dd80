// What the front door says, as types. The contract is bot/channels/reply.schema.json.
export type Language = "en" | "zh-Hant" | "zh-Hans";
export const LANGUAGES: readonly Language[] = ["en", "zh-Hant", "zh-Hans"];

export interface Button { title: string; payload: string }

export interface Citation { law: string; provision: string; url: string; checked_on: string | null }
export interface Deadline { date: string | null; days_left: number | null; rule: string }
export interface Right {
  id: string;
  kind: "right" | "limit" | "excuse" | "route" | "checklist";
  title: string;
  summary: string;
  applies: "yes" | "no" | "depends";
  depends_on: string[];
  citations: Citation[];
  deadline: Deadline | null;
  answer_with: string | null;
}
export interface Step { text: string; by: string | null; authority: string | null }
export interface Authority { id: string; name: string; phone: string | null; url: string; cost: string; when: string }

export interface Advice {
  type: "advice";
  language: Language;
  jurisdiction: { code: string | null; source: "stated" | "inferred" | "unknown"; confidence: number };
  in_scope: boolean;
  rights: Right[];
  next_steps: Step[];
  evidence: string[];
  authorities: Authority[];
  questions: { fact: string; text: string; options: string[] }[];
  letters: { id: string; title: string }[];
  disclaimer: string;
}
export interface Question { type: "question"; fact: string; text: string; options: string[]; why: string | null }
export interface Letter {
  type: "document";
  id: string;
  title: string;
  language: Language;
  text: string;
  reading_copy: { language: Language; text: string } | null;
}
export interface Handoff { type: "handoff"; state: "unavailable" | "requested" | "assigned" | "closed"; text: string }
export interface Notice { type: "notice"; reason?: string }
export type Custom = Advice | Question | Letter | Handoff | Notice;

/** One thing said. `number` grows; `key` is the sender's own id; `at` is in seconds since 1970. */
export interface Entry {
  number: number;
  key: string;
  said_by: "person" | "bot" | "adviser";
  answers: number | null;
  at: number;
  text: string;
  buttons: Button[] | null;
  custom: Custom | null;
}

export interface Organisation { name: string; phone: string; email: string; hours: string; has_desk: boolean }
export interface Place { code: string; names: Record<Language, string> }
export interface Info {
  allowed: boolean;
  organisation: Organisation;
  languages: Language[];
  jurisdictions: Place[];
  limits: { longest: number };
}
