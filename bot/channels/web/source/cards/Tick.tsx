// A box to tick, kept with the conversation on this device. Only a hash of the words is kept.
import type { ComponentChildren } from "preact";
import type { Conversation } from "../conversation";

interface Props { name: string; conversation: Conversation; ticked: readonly string[]; children: ComponentChildren }

export function Tick({ name, conversation, ticked, children }: Props) {
  const isTicked = ticked.includes(name);
  const change = (): void => conversation.choose({ ticks: isTicked ? ticked.filter((each) => each !== name) : [...ticked, name] });
  return (
    <label class="tick">
      <input type="checkbox" checked={isTicked} onChange={change} />
      <span>{children}</span>
    </label>
  );
}
