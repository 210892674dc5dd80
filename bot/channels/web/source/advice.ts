// What the card and the printed page both need of an advice: its groups of rights, what it says first, and names of ticks.
import type { Advice, Right } from "./entry";
import type { Words } from "./words";

export interface RightGroup { title: string; rights: Right[] }

/** Rights, limits, and what the trader may say; within each, what does not apply comes last. Empty groups are left out. */
export function groupsOf(advice: Advice, words: Words): RightGroup[] {
  const of = (...kinds: Right["kind"][]): Right[] => {
    const found = advice.rights.filter((right) => kinds.includes(right.kind));
    return [...found.filter((right) => right.applies !== "no"), ...found.filter((right) => right.applies === "no")];
  };
  return [
    { title: words.rights, rights: of("right", "route", "checklist") },
    { title: words.limits, rights: of("limit") },
    { title: words.excuses, rights: of("excuse") },
  ].filter((group) => group.rights.length > 0);
}

/** What the reply says before its first heading: which place is meant, in which language it answers. */
export function openingOf(text: string): string {
  const paragraphs = text.split("\n\n"), heading = paragraphs.findIndex((each) => each.startsWith("**"));
  return paragraphs.slice(0, Math.max(0, heading)).join("\n\n");
}

/** The questions that a right hinges on. */
export function hingesOf(right: Right, advice: Advice): string[] {
  if (right.applies !== "depends") return [];
  return right.depends_on.flatMap((fact) => advice.questions.find((each) => each.fact === fact)?.text ?? []);
}

/** Name of a tick: a hash of the words that it stands beside. */
export function tickOf(kind: "step" | "evidence", words: string): string {
  let hash = 5381;
  for (const character of `${kind[0]}:${words}`) hash = (hash * 33 + character.codePointAt(0)!) % 4294967296;
  return hash.toString(36);
}
