/** The services that can be done online: each with its address, and "I did it online". */

import { element, fillList, icon, write } from "../page.js";
import { fold, matches } from "../questions.js";
import { address, onlineGroups } from "./corner_state.js";

const part = (id) => document.getElementById(id);

/** Returns draw(catalogue, language, typed, noted); done(service) is told when one was done. */
export function services({ say, done }) {
  function draw(catalogue, language, typed, noted) {
    const fits = (service) => matches(fold(Object.values(service.texts).join(" ")), typed);
    const groups = onlineGroups(catalogue?.groups ?? [], fits);
    part("nothing").hidden = groups.length > 0 || catalogue === null;
    fillList(part("groups"), groups, {
      id: ({ prefix }) => `${prefix} ${language}`,
      make: (group) =>
        element(
          "section",
          { class: "group" },
          element("h2", {}, icon(group.icon), element("span", {}, named(group, language))),
          element("ul", { class: "group__services" }),
        ),
      fill: (made, group) =>
        fillList(made.lastChild, group.services, {
          id: ({ id }) => id,
          make: (service) => card(service, language),
          fill: (row, service) => fill(row, named(service, language), noted.includes(service.id)),
        }),
    });
  }

  function card(service, language) {
    const name = named(service, language);
    const where = address(service.online);
    return element(
      "li",
      { class: "card service" },
      element("h3", { class: "service__name" }, name),
      element(
        "div",
        { class: "service__keys" },
        where
          ? link(where, name)
          : element("p", { class: "soft small service__nowhere" }, say("corner.no_address")),
        element(
          "button",
          { class: "key", type: "button", onclick: () => done(service) },
          icon("finish"),
          element("span", { class: "service__done" }),
        ),
      ),
    );
  }

  function link(where, name) {
    const properties = {
      class: "key key--first",
      href: where,
      target: "_blank",
      rel: "noopener noreferrer",
      "aria-label": `${say("corner.open")}: ${name}`,
    };
    return element("a", properties, element("span", {}, say("corner.open")), icon("next"));
  }

  function fill(row, name, isNoted) {
    const key = row.querySelector("button");
    const text = say(isNoted ? "corner.noted" : "corner.done");
    key.setAttribute("aria-label", `${text}: ${name}`);
    row.classList.toggle("service--done", isNoted);
    key.setAttribute("aria-disabled", String(isNoted));
    write(key.querySelector(".service__done"), text);
  }

  return draw;
}

const named = ({ texts }, language) => texts[language] ?? Object.values(texts)[0];
