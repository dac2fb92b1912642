/** What a window takes: each group, or each of its services, first, only to help, or not at all. */

import { element, icon, write } from "../page.js";
import { closeFromOutside } from "../questions.js";
import { folded, orphans } from "./floor_state.js";

const LEVELS = [0, 1, 2];
const part = (id) => document.getElementById(id);

/**
 * Returns ask(window, windows): resolves with the body of the duty without its reason, with "end",
 * or null when it is left.
 */
export function dutySheet({ data, say, names }) {
  const dialog = part("duty");
  const members = (prefix) => data.services.filter(({ group }) => group === prefix).map(({ id }) => id);
  let levels = {};
  let told = () => {};

  function ask(window, windows) {
    levels = Object.fromEntries(data.services.map(({ id }) => [id, window.takes[id]?.level ?? 0]));
    write(part("duty-title"), `${say("floor.do_duty")} · ${names.window(window.number)}`);
    part("duty-now").hidden = !window.duty;
    part("duty-end").hidden = !window.duty;
    part("duty-groups").replaceChildren(...data.groups.map(groupRow));
    part("duty-after").value = helpAfter(window);
    part("duty-sign").checked = window.skills.includes("sign_language");
    part("duty-fault").textContent = "";
    for (const box of dialog.querySelectorAll("[name=duty-language]")) {
      box.checked = window.languages.includes(box.value);
    }
    dialog.querySelector("[name=until][value=today]").checked = true;
    told = () => warn(window, windows);
    return opened();
  }

  function opened() {
    return new Promise((resolve) => {
      let answer = null;
      const leaving = new AbortController();
      const options = { signal: leaving.signal };
      const leave = (value) => {
        answer = value;
        dialog.close();
      };
      part("duty-form").addEventListener("submit", (event) => {
        event.preventDefault();
        const body = chosen();
        if (body.groups.length + body.services.length + body.helps.length) leave(body);
        else write(part("duty-fault"), say("floor.duty_nothing"));
      }, options);
      part("duty-end").addEventListener("click", () => leave("end"), options);
      dialog.addEventListener("click", closeFromOutside, options);
      dialog.addEventListener("close", () => {
        leaving.abort();
        resolve(answer);
      }, options);
      drawLevels();
      dialog.showModal();
      part("duty-groups").querySelector("input:checked, input")?.focus();
    });
  }

  function chosen() {
    const lists = folded(levels, data.services);
    const after = part("duty-after").value;
    return {
      ...lists,
      help_after_minutes: lists.helps.length && after !== "" ? Number(after) : null,
      skills: part("duty-sign").checked ? ["sign_language"] : [],
      languages: [...dialog.querySelectorAll("[name=duty-language]:checked")].map(({ value }) => value),
      until: dialog.querySelector("[name=until]:checked").value,
    };
  }

  function helpAfter({ takes }) {
    const helping = Object.values(takes).find(({ level, help_after: after }) => level === 2 && after !== null);
    return helping ? String(Math.round(helping.help_after / 60)) : "";
  }

  function groupRow({ prefix, name }) {
    const services = members(prefix);
    const list = element("ul", { id: `duty-${prefix}`, hidden: true }, services.map(serviceRow));
    return element(
      "div",
      { class: "duty__row" },
      element(
        "div",
        { class: "duty__group" },
        element("span", { class: "queue__letter" }, prefix),
        element("span", { class: "duty__name" }, name),
        moreKey(prefix, name, list),
        choice(`group-${prefix}`, name, services),
      ),
      list,
    );
  }

  function serviceRow(id) {
    const name = names.service(id);
    return element(
      "li",
      { class: "duty__service" },
      element("span", { class: "soft" }, id),
      element("span", {}, name),
      choice(`service-${id}`, name, [id]),
    );
  }

  /** Opens the services of a group; says how many are taken where they are not all alike. */
  function moreKey(prefix, name, list) {
    const key = element(
      "button",
      { class: "duty__more-key", type: "button", "aria-expanded": "false", "aria-controls": list.id },
      icon("onward"),
      element("span", { "data-group": prefix }),
      element("span", { class: "unseen" }, name),
    );
    key.addEventListener("click", () => {
      list.hidden = !list.hidden;
      key.setAttribute("aria-expanded", String(!list.hidden));
    });
    return key;
  }

  function choice(name, label, services) {
    return element(
      "span",
      { class: "duty__choice", role: "radiogroup", "aria-label": label },
      LEVELS.map((level) =>
        element(
          "label",
          { class: "choice" },
          element("input", { type: "radio", name, value: level, "data-services": services.join(" "), onchange: () => choose(services, level) }),
          element("span", {}, level === 1 ? icon("finish") : level === 2 ? icon("hands") : null, say(`floor.level_take_${level}`)),
        )),
    );
  }

  function choose(services, level) {
    for (const id of services) levels[id] = level;
    drawLevels();
  }

  function drawLevels() {
    for (const radio of dialog.querySelectorAll("[data-services]")) {
      const services = radio.dataset.services.split(" ");
      radio.checked = services.every((id) => levels[id] === Number(radio.value));
    }
    for (const place of dialog.querySelectorAll("[data-group]")) {
      const services = members(place.dataset.group);
      const taken = services.filter((id) => levels[id] > 0).length;
      const mixed = new Set(services.map((id) => levels[id])).size > 1;
      write(place, mixed ? say("floor.some_of", { n: taken, all: services.length }) : say("floor.each_service"));
    }
    part("duty-after-row").hidden = !Object.values(levels).includes(2);
    told();
  }

  /** Says which services nobody would take any more. */
  function warn(window, windows) {
    const takes = Object.fromEntries(Object.entries(levels).filter(([, level]) => level > 0));
    const left = orphans(windows, window.number, takes);
    const shown = left.slice(0, 6).map((id) => `${id} ${names.service(id)}`).join(" · ");
    const more = left.length > 6 ? ` … +${left.length - 6}` : "";
    part("duty-warning").hidden = left.length === 0;
    write(part("duty-warning"), left.length ? say("floor.duty_orphans", { services: shown + more }) : "");
  }

  return ask;
}
