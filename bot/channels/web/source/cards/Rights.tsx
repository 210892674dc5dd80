// Rights, limits and what the trader may say, each with whether it applies and its law.
import { type RightGroup, groupsOf, hingesOf } from "../advice";
import type { Advice, Citation, Right } from "../entry";
import { Icon } from "../parts/Icon";
import { languageOfText } from "../script";
import { dayWords, filled, useSpoken } from "../words";
import { safe } from "./AdviceCard";

const RIGHTS_SHOWN = 3, OTHERS_SHOWN = 2;

export function Rights({ advice }: { advice: Advice }) {
  const { words } = useSpoken();
  return (
    <>
      {groupsOf(advice, words).map(({ title, rights }) => <Group key={title} title={title} rights={rights} advice={advice} isFirst={title === words.rights} />)}
    </>
  );
}

function Group({ title, rights, advice, isFirst }: RightGroup & { advice: Advice; isFirst: boolean }) {
  const { words } = useSpoken();
  const shown = isFirst ? RIGHTS_SHOWN : OTHERS_SHOWN;
  const first = rights.slice(0, shown), more = rights.slice(shown);
  return (
    <section>
      <h4>{title}</h4>
      <ul class="rights">{first.map((right, i) => <RightLine key={right.id} right={right} advice={advice} open={isFirst && i === 0} />)}</ul>
      {more.length > 0 && (
        <details class="more">
          <summary>{filled(words.more_rights, { n: more.length })}</summary>
          <ul class="rights">{more.map((right) => <RightLine key={right.id} right={right} advice={advice} open={false} />)}</ul>
        </details>
      )}
    </section>
  );
}

const MARKS = { yes: "check", depends: "help", no: "close" } as const;

/** A limit that holds is no good news, and what the trader may say is not said to be so. */
function markOf(right: Right): "check" | "help" | "close" | "limit" | "says" {
  if (right.kind === "excuse") return "says";
  return right.kind === "limit" && right.applies === "yes" ? "limit" : MARKS[right.applies];
}

function RightLine({ right, advice, open }: { right: Right; advice: Advice; open: boolean }) {
  const { words } = useSpoken();
  const { deadline } = right;
  const questions = hingesOf(right, advice);
  const mark = markOf(right), isExcuse = right.kind === "excuse";
  const passed = deadline?.date && (deadline.days_left ?? 0) < 0;
  return (
    <li class={`right ${isExcuse ? "says" : right.applies} ${right.kind}`}>
      <details open={open}>
        <summary>
          <span class="status"><Icon name={mark} />{!isExcuse && <span class="unseen">{words[right.applies]}: </span>}</span>
          <span class="right-title">{right.title}</span>
          <Icon name="down" />
        </summary>
        <div class="right-body">
          {!isExcuse && (
            <p class="verdict"><span class="chip">{words[right.applies]}</span>
              {deadline?.date && (passed || right.applies !== "no") && <span class="chip date">{filled(passed ? words.passed : words.by, { day: dayWords(deadline.date, advice.language) })}</span>}
            </p>
          )}
          <p>{right.summary}</p>
          {deadline && !passed && right.applies !== "no" && <p class="soft">{deadline.rule}</p>}
          {questions.length > 0 && (
            <div class="hinges"><p class="soft">{words.depends_on}</p><ul>{questions.map((question) => <li key={question}>{question}</li>)}</ul></div>
          )}
          {right.answer_with && <div class="answer-with"><p class="soft">{words.answer_with}</p><blockquote>{right.answer_with}</blockquote></div>}
          {right.citations.length > 0 && <ul class="laws" aria-label={words.law}>{right.citations.map((law) => <Law key={law.url + law.provision} law={law} advice={advice} />)}</ul>}
        </div>
      </details>
    </li>
  );
}

function Law({ law, advice }: { law: Citation; advice: Advice }) {
  const { words } = useSpoken();
  return (
    <li>
      <a href={safe(law.url)} target="_blank" rel="noopener noreferrer">
        <span lang={languageOfText(law.law, advice.language)}>{law.law}</span>{advice.language === "en" ? ", " : " "}
        <span lang={languageOfText(law.provision, advice.language)}>{law.provision}</span><span class="unseen"> ({words.opens_new})</span>
      </a>
      <small>{law.checked_on ? filled(words.checked, { day: dayWords(law.checked_on, advice.language) }) : words.unchecked}</small>
    </li>
  );
}
