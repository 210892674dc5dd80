// The conversation's state, drawn anew on every change.
import { useEffect, useState } from "preact/hooks";
import type { Conversation, State } from "../conversation";

export function useConversation(conversation: Conversation): State {
  const [state, setState] = useState(conversation.state);
  useEffect(() => {
    setState(conversation.state);
    return conversation.watch(() => setState(conversation.state));
  }, [conversation]);
  return state;
}
