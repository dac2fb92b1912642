/** Finds a service: by its section's tile, or by typing any of its names. */

import { element, fillList, icon, write } from "../page.js";
import { fold, matches } from "../questions.js";

const part = (id) => document.getElementById(id);

/** Shows the finder; calls choose(service) at each touch of one, and returns mark(id). */
export function finder(data, choose) {
  const services = data.services.map((service) => ({
    ...service,
    words: fold([service.id, ...service.names].join(" ")),
  }));
  let group = null;
  let marked = null;

  part("groups").replaceChildren(...data.groups.map(groupTile));
  part("search").addEventListener("input", () => show());
  part("search").addEventListener("keydown", chooseFirst);
  part("all-groups").addEventListener("click", () => {
    enter(null);
    part("search").value = "";
    show();
  });
  show();

  function groupTile({ prefix, name, icon: picture }) {
    const open = () => {
      enter(prefix);
      show();
    };
    return element(
      "li",
      {},
      element(
        "button",
        { class: "key tile", type: "button", onclick: open },
        icon(picture),
        element("span", { class: "tile__name" }, name),
        element("span", { class: "tile__letter", "aria-hidden": "true" }, prefix),
      ),
    );
  }

  function enter(prefix) {
    group = prefix;
  }

  function show() {
    const typed = part("search").value.trim();
    const browsing = !typed && group === null;
    const found = browsing ? [] : services.filter((service) => fits(service, typed));
    const known = data.groups.find((each) => each.prefix === group);
    part("groups").hidden = !browsing;
    part("services").hidden = browsing;
    part("where").hidden = Boolean(typed) || browsing;
    part("nothing-found").hidden = browsing || found.length > 0;
    write(part("group-name"), known?.name ?? "");
    fillList(part("services"), found, { id: ({ id }) => id, make: serviceKey, fill: fillKey });
  }

  const fits = (service, typed) =>
    typed ? matches(service.words, typed) : service.group === group;

  function serviceKey(service) {
    return element(
      "li",
      {},
      element(
        "button",
        { class: "key service", type: "button", onclick: () => choose(service) },
        element("span", { class: "service__id figures" }, service.id),
        element("span", { class: "service__name" }, service.name),
      ),
    );
  }

  function fillKey(made, { id }) {
    made.firstChild.setAttribute("aria-pressed", String(id === marked));
  }

  function chooseFirst(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    part("services").querySelector("button")?.click();
  }

  return {
    /** Marks the service that the new ticket is for. */
    mark(id) {
      marked = id;
      show();
    },
    /** Goes back to the sections. */
    reset() {
      enter(null);
      marked = null;
      part("search").value = "";
      show();
    },
  };
}
