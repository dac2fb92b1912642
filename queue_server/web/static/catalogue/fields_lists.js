/** Fields that hold several things: chips from a list, words, numbers, the steps of a visit. */

import { element, icon } from "../page.js";
import { folded } from "./options.js";

/** So many choices are all in sight; more are found by typing. */
const IN_SIGHT = 14;

/** Makes a choice of several: all in sight where they are few, else chips and a search. */
export function chips(field, context) {
  const choices = context.options(field.options);
  return { group: choices.length <= IN_SIGHT ? ticks(context, choices) : picker(context, choices) };
}

function ticks({ value, change }, choices) {
  const unknown = (value ?? []).filter((each) => !choices.some((one) => one.value === each));
  const all = [...choices, ...unknown.map((each) => ({ value: each, text: String(each), unknown: true }))];
  let chosen = [...(value ?? [])];
  return element(
    "div",
    { class: "choices" },
    all.map((one) => {
      const input = element("input", {
        type: "checkbox", checked: chosen.includes(one.value),
        onchange: () => {
          const others = chosen.filter((each) => each !== one.value);
          chosen = input.checked ? [...others, one.value] : others;
          change(chosen);
        },
      });
      const name = one.mark ? [element("b", {}, one.mark), one.text] : [one.text];
      return element("label", { class: "choice" }, input, element("span", {}, ...name));
    }),
  );
}

function picker({ value, change, say, id, label }, choices) {
  let chosen = [...(value ?? [])];
  const list = element("ul", { class: "chosen" });
  const found = element("ul", { class: "found", hidden: true });
  const known = new Map(choices.map((one) => [one.value, one]));
  const search = element("input", {
    class: "box", type: "search", autocomplete: "off", placeholder: say("catalogue.find_to_add"),
    "aria-label": `${label}: ${say("catalogue.find_to_add")}`, id: `${id}-find`,
    oninput: () => draw(), onfocus: () => draw(),
    onkeydown: (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        found.querySelector("button")?.click();
      } else if (event.key === "Escape" && !found.hidden) {
        event.stopPropagation();
        found.hidden = true;
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        found.querySelector("button")?.focus();
      }
    },
  });

  function take(next) {
    chosen = next;
    change(chosen);
    show();
  }

  function show() {
    list.replaceChildren(...chosen.map((each) => {
      const one = known.get(each) ?? { text: say("catalogue.unknown"), mark: String(each) };
      const name = one.mark ?? one.text;
      return element(
        "li",
        { class: known.has(each) ? "chip chip--accent" : "chip chip--bad" },
        element("span", {}, ...(one.mark ? [element("b", {}, one.mark), ` ${one.text}`] : [one.text])),
        element(
          "button",
          {
            class: "chip__out", type: "button", "aria-label": say("catalogue.take_out", { name }),
            onclick: () => {
              take(chosen.filter((other) => other !== each));
              search.focus();
            },
          },
          icon("dismiss"),
        ),
      );
    }));
    list.hidden = chosen.length === 0;
  }

  function draw() {
    const wanted = folded(search.value);
    const hits = choices.filter(({ value: each, text, mark }) =>
      !chosen.includes(each) && folded(`${mark ?? ""} ${text}`).includes(wanted));
    found.replaceChildren(...hits.slice(0, 8).map((one) =>
      element("li", {}, element(
        "button",
        {
          class: "found__one", type: "button",
          onclick: () => {
            search.value = "";
            take([...chosen, one.value]);
            search.focus();
          },
          onkeydown: (event) => {
            const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
            if (!step) return;
            event.preventDefault();
            (event.currentTarget.parentElement[step]?.firstChild ?? search).focus();
          },
        },
        ...(one.mark ? [element("b", {}, one.mark), ` ${one.text}`] : [one.text]),
      ))));
    found.hidden = hits.length === 0;
  }

  show();
  const whole = element("div", { class: "picker" }, list, search, found);
  whole.addEventListener("focusout", (event) => {
    if (!whole.contains(event.relatedTarget)) found.hidden = true;
  });
  return whole;
}

/** Makes a list of words, one a line. */
export function words(field, context) {
  const control = element("textarea", {
    class: "box", rows: 3, autocomplete: "off",
    oninput: () => context.change(control.value.split("\n").map((each) => each.trim()).filter(Boolean)),
  });
  control.value = (context.value ?? []).join("\n");
  return { control };
}

/** Makes a list of whole numbers, with commas between. */
export function numbers(field, context) {
  const control = element("input", {
    class: "box figures", type: "text", inputmode: "numeric", autocomplete: "off",
    value: (context.value ?? field.usual).join(", "),
    oninput: () => context.change(control.value.split(/[^\d]+/).filter(Boolean).map(Number)),
  });
  return { control, small: true };
}

/** Makes the steps of a visit: services, and what must be done before each. */
export function legs(field, context) {
  const { say, options, change, id } = context;
  const services = options("services");
  let steps = (context.value ?? []).map((leg) => ({ ...leg }));
  const rows = element("ol", { class: "legs" });

  function tell(next) {
    steps = next;
    change(steps);
  }

  function row(leg, place) {
    const with_ = (changes) => tell(steps.map((each, other) => (other === place ? { ...each, ...changes } : each)));
    const service = select(services, leg.service, `${say("catalogue.f_step")} ${place + 1}`, (value) => {
      with_({ service: value });
      show();
    });
    const earlier = context.before.concat(steps.map((each) => each.service)).filter((each) => each && each !== leg.service);
    const after = earlier.map((each) => {
      const input = element("input", {
        type: "checkbox", checked: leg.after.includes(each),
        onchange: () => {
          const others = steps[place].after.filter((other) => other !== each);
          with_({ after: input.checked ? [...others, each] : others });
        },
      });
      return element("label", { class: "choice" }, input, element("span", {}, each));
    });
    return element(
      "li",
      { class: "leg" },
      service,
      after.length > 0 && element(
        "div",
        { class: "leg__after", role: "group", "aria-label": say("catalogue.after") },
        element("span", { class: "entry__hint" }, say("catalogue.after")), element("div", { class: "choices" }, after),
      ),
      out(say("catalogue.take_out", { name: leg.service }), () => {
        tell(steps.filter((_, other) => other !== place));
        show();
      }),
    );
  }

  function show() {
    rows.replaceChildren(...steps.map(row));
    rows.hidden = steps.length === 0;
  }

  show();
  const more = element(
    "button",
    {
      class: "key key--quiet", type: "button", id: `${id}-more`,
      onclick: () => {
        tell([...steps, { service: "", after: [] }]);
        show();
        rows.lastChild.querySelector("select").focus();
      },
    },
    icon("add"), say("catalogue.add_step"),
  );
  return { group: element("div", {}, rows, more) };
}

/** Makes a key that takes something out of a list. */
export const out = (label, press) =>
  element("button", { class: "round", type: "button", "aria-label": label, title: label, onclick: press }, icon("dismiss"));

function select(choices, value, label, change) {
  const all = choices.some((one) => one.value === value) ? choices : [{ value, text: "—" }, ...choices];
  const made = element(
    "select",
    { class: "box", "aria-label": label, onchange: () => change(all[made.selectedIndex].value) },
    all.map((one) => element("option", { selected: one.value === value }, one.mark ? `${one.mark} · ${one.text}` : one.text)),
  );
  return made;
}
