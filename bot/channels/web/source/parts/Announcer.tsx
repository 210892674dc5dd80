// Tells a screen reader each new message once. What is restored or drawn anew is not read out again.
import { useSpoken } from "../words";

export function Announcer({ text, sending }: { text: string; sending: boolean }) {
  const { words } = useSpoken();
  return (
    <div class="unseen">
      <p aria-live="polite">{text}</p>
      <p aria-live="polite">{sending ? words.typing : ""}</p>
    </div>
  );
}

/** Markdown as it is spoken. */
export function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replace(/```|[*_#>]/g, "").replace(/\s+/g, " ").trim();
}
