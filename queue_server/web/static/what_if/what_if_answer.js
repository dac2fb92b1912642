/** The answer in words and tables: by group, as it is, then, and the change with its range. */

import { element, icon, write } from "../page.js";
import { inWords } from "./what_if_state.js";

const SIGNS = { better: "finish", worse: "warning", even: "sort" };
const WHO = ["waiting", "coming"];
const part = (id) => document.getElementById(id);

/** Returns the views of an answer: {words, effects, course, advice}. */
export function answerViews({ say, names, clock, clerk }) {
  const of = (answer, who) =>
    who === "waiting"
      ? say("what_if.who_waiting")
      : say("what_if.who_coming", { time: clock.wall(Date.parse(answer.at) + answer.coming * 60000) });

  /** Says what the plan does to all, and what it leaves without a window. */
  function words(answer, asked) {
    write(part("asked"), asked);
    write(part("made"), say("what_if.made", { time: clock.wall(Date.parse(answer.at)), n: answer.pairs }));
    const whole = answer.rows.filter((row) => row.group === null);
    part("words").replaceChildren(
      ...whole.flatMap((row) => [
        element(
          "li",
          { class: "word" },
          element("span", { class: "word__who" }, `${of(answer, row.who)} · ${count(row.people)}`),
          ...["mean", "within_norm"].map((measure) =>
            element("p", { class: "word__line" }, element("span", {}, say(`what_if.measure_${measure}`)), said(row[measure].change, measure))),
        ),
      ]),
    );
    part("notes").replaceChildren(
      note("unserved", answer.unserved, "chip--bad", "warning"),
      note("served", answer.served, "chip--good", "finish"),
      ...(whole.some((row) => row.who === "coming") ? [] : [element("li", { class: "soft" }, say("what_if.nobody_expected"))]),
    );
  }

  function note(key, services, kind, sign) {
    if (!services.length) return "";
    const list = services.map((id) => `${id} ${names.service(id)}`);
    const text = list.length > 6 ? `${list.slice(0, 6).join(" · ")} … +${list.length - 6}` : list.join(" · ");
    return element("li", { class: `chip ${kind}` }, icon(sign), element("span", {}, say(`what_if.${key}`, { services: text })));
  }

  /** A change in words, with a sign that is no colour alone. */
  function said(change, measure) {
    const { sign, key, values } = inWords(change, measure);
    return element("span", { class: `change change--${sign}` }, icon(SIGNS[sign]), element("span", {}, say(`what_if.${key}`, values)));
  }

  /** Draws a table for those who wait, and one for those who come. */
  function effects(answer, measure) {
    part("tables").replaceChildren(...WHO.map((who) => table(answer, who, measure)).filter(Boolean));
  }

  function table(answer, who, measure) {
    const rows = answer.rows.filter((row) => row.who === who);
    if (!rows.length) return null;
    const heads = ["group", "visitors", "as_it_is", "then", "change_words"].map((name) => say(`what_if.${name}`));
    return element(
      "table",
      { class: "table figures" },
      element("caption", {}, of(answer, who)),
      element("thead", {}, element("tr", {}, heads.map((head, place) => element("th", { scope: "col", class: place && place < 4 ? "table__number" : null }, head)))),
      element("tbody", {}, rows.map((row) => line(row, measure, heads))),
    );
  }

  function line(row, measure, heads) {
    const effect = row[measure];
    const show = (value) => (measure === "within_norm" ? `${Math.round(value * 100)} %` : names.inMinutes(Math.round(value) * 60000));
    const cell = (text, place) => element("td", { class: "table__number", "data-head": heads[place] }, text);
    const name = row.group === null ? element("strong", {}, say("what_if.all_groups")) : `${row.group} · ${names.group(row.group)}`;
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      cell(count(row.people), 1),
      cell(show(effect.now), 2),
      cell(show(effect.then), 3),
      element("td", { "data-head": heads[4] }, said(effect.change, measure)),
    );
  }

  /** Writes the two courses out, for whoever does not see the drawing. */
  function course(answer) {
    const heads = ["time", "number_now", "number_then", "wait_now", "wait_then"].map((name) => say(`what_if.${name}`));
    const range = (band, unit) => (band ? `${unit(band.middle)} (${Math.round(band.low)}–${Math.round(band.high)})` : "–");
    const people = (value) => String(Math.round(value));
    const minutes = (value) => names.inMinutes(Math.round(value) * 60000);
    const rows = answer.points.map((point, place) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, clock.wall(Date.parse(answer.at) + point * 60000)),
        ...[
          [answer.now.waiting, people],
          [answer.then.waiting, people],
          [answer.now.newcomer, minutes],
          [answer.then.newcomer, minutes],
        ].map(([bands, unit]) => element("td", { class: "table__number" }, range(bands[place], unit))),
      ));
    part("course-table").replaceChildren(
      element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, rows),
    );
  }

  /** Lists the windows whose opening would help most, each with a key that looks at it. */
  function advice(found, look) {
    const rows = found.windows.map((each) => {
      const coming = each.rows.find((row) => row.who === "coming") ?? each.rows[0];
      const who = each.clerk ? clerk(each.clerk) : say("what_if.any_clerk");
      const saved = each.saved.clear && each.saved.mean > 0 ? say("what_if.saved", { n: Math.round(each.saved.mean), low: Math.round(each.saved.low), high: Math.round(each.saved.high) }) : say("what_if.no_difference");
      return element(
        "li",
        { class: "advice" },
        element("div", {}, element("strong", {}, names.window(each.window)), element("span", { class: "soft" }, ` · ${who}`)),
        element("p", {}, saved),
        coming ? element("p", { class: "small" }, `${of({ ...found, coming: found.span - 30 }, coming.who)}: `, said(coming.mean.change, "mean")) : null,
        each.serves.length ? element("p", { class: "small" }, say("what_if.served", { services: each.serves.slice(0, 6).join(", ") })) : null,
        element("button", { class: "key", type: "button", onclick: () => look(each.window) }, icon("eye"), say("what_if.look_at")),
      );
    });
    part("advice").hidden = false;
    part("advice").replaceChildren(
      element("h3", {}, say("what_if.advice")),
      rows.length ? element("ol", { class: "advices" }, rows) : element("p", { class: "soft" }, say("what_if.nothing_closed")),
      rows.length ? element("p", { class: "soft small" }, say("what_if.advice_text", { n: Math.round(found.span) })) : "",
    );
  }

  return { words, effects, course, advice };
}

function count(people) {
  return people < 10 && people % 1 ? people.toFixed(1) : String(Math.round(people));
}
