/** Draws what a section lists: a search, rows under headings, a key for a new one. */

import { element, fillList, icon, write } from "../page.js";
import { KEY, isNew, touches, tree } from "./draft.js";
import { called, inLanguage, listed } from "./options.js";
import { address } from "./places.js";

/** A list longer than this has a search. */
const LONG = 12;

/** Returns the drawing of one list; `shop` as for forms. */
export function overview(list, shop) {
  const { say, language } = shop.words;
  const { section } = list;
  const groups = element("div", { class: "list__groups" });
  const count = element("span", { class: "count figures" });
  const none = element("p", { class: "list__none soft" }, say("catalogue.nothing"));
  const search = element("input", {
    class: "box", type: "search", autocomplete: "off", "aria-label": `${say(list.title)}: ${say("staff.search")}`,
    placeholder: say("staff.search"), oninput: () => draw(),
  });
  const find = element("div", { class: "list__find" }, icon("search"), search);
  const root = element(
    "section",
    { class: "list", "aria-label": say(list.title) },
    element(
      "header",
      { class: "list__head" },
      element("h2", {}, say(list.title), count),
      element(
        "button",
        { class: "key", type: "button", "data-add": section, onclick: () => shop.add(section) },
        icon("add"), say("catalogue.add"),
      ),
    ),
    list.hint && element("p", { class: "entry__hint" }, say(list.hint)),
    find, groups, none,
  );

  function draw() {
    const whole = tree(shop.draft());
    const items = whole[section];
    const found = listed(whole, list, search.value, language);
    write(count, String(items.length));
    find.hidden = items.length <= LONG && search.value === "";
    none.hidden = found.some((group) => group.items.length > 0);
    fillList(groups, found, {
      id: (group) => group.id,
      make: () => element("div", { class: "list__group" }, element("h3", {}), element("ul", { class: "rows" })),
      fill: (made, group) => {
        made.firstChild.hidden = !group.title;
        write(made.firstChild, group.title);
        fillList(made.lastChild, group.items, { id: (item) => item[KEY], make, fill });
      },
    });
  }

  function make() {
    return element("li", {}, element(
      "a",
      { class: "row" },
      element("b", { class: "row__name" }),
      element("span", { class: "row__text" }, element("span", { class: "row__title" }), element("span", { class: "row__facts soft small" })),
      element("span", { class: "row__mark" }),
    ));
  }

  function fill(made, item) {
    const row = made.firstChild;
    const [name, text, mark] = row.children;
    const told = called(section, item, language);
    const open = shop.open();
    const key = item[KEY];
    row.href = address(section, key);
    if (open.section === section && open.key === key) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    write(name, list.dated ? "" : told.name);
    name.hidden = list.dated || told.name === "" || ["documents", "notices", "events", "categories"].includes(section);
    write(text.firstChild, told.text || say(list.one));
    write(text.lastChild, facts(item, told));
    text.lastChild.hidden = text.lastChild.textContent === "";
    const state = stateOf(item, key);
    if (mark.dataset.state === state) return;
    mark.dataset.state = state;
    mark.replaceChildren(...(state ? [element("span", { class: `dot dot--${state}`, role: "img", "aria-label": say(`catalogue.is_${state}`), title: say(`catalogue.is_${state}`) })] : []));
  }

  function stateOf(item, key) {
    if (shop.isFaulty(section, key)) return "faulty";
    if (isNew(shop.draft(), section, key)) return "new";
    return touches(shop.draft(), section, key) ? "changed" : "";
  }

  function facts(item, { name }) {
    if (section === "services") return serviceFacts(item);
    if (section === "windows") return takes(item);
    if (section === "groups") {
      const n = tree(shop.draft()).services.filter((service) => service.group === item.prefix).length;
      return say("catalogue.n_services", { n });
    }
    if (section === "categories") {
      return item.head_start_minutes === null ? say("catalogue.unlimited") : say("catalogue.n_minutes", { n: item.head_start_minutes });
    }
    if (section === "events") return item.legs.map((leg) => leg.service).join(" · ");
    if (section === "surges") return `${shop.words.day(item.date)} · × ${item.factor}`;
    if (section === "holidays") return item.date ? shop.words.day(item.date) : "";
    return ["documents", "notices"].includes(section) ? name : "";
  }

  const serviceFacts = (item) =>
    [
      say("catalogue.n_minutes", { n: item.minutes }),
      item.quota && say("catalogue.n_quota", { n: item.quota }),
      item.hours && say("catalogue.f_own_hours"),
      item.documents.length > 0 && say("catalogue.n_documents", { n: item.documents.length }),
      item.flags.includes("online") && say("catalogue.flag_online"),
    ].filter(Boolean).join(" · ");

  function takes(item) {
    const first = [...item.groups, ...item.services];
    const helps = item.helps.map((each) => `+${each}`);
    return [...first, ...helps].join(" ") || inLanguage(item.texts, language);
  }

  return { root, draw };
}
