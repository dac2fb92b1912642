/** Reports: tables that sort at a press on a head. Everything else stands without a script. */

import { element, icon } from "../page.js";
import "../person_menu.js";

for (const table of document.querySelectorAll(".table--sortable")) makeSortable(table);
for (const hint of document.querySelectorAll(".scripted")) hint.hidden = false;

/** Gives every head of a table a key that sorts by it: first down for numbers, up for texts. */
function makeSortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const press = () => sort(table, heads, column);
    const key = element("button", { class: "sort", type: "button", onclick: press });
    key.append(element("span", {}, head.textContent.trim()), icon("sort"));
    head.replaceChildren(key);
  });
}

function sort(table, heads, column) {
  const head = heads[column];
  const number = head.classList.contains("table__number");
  const first = number ? "descending" : "ascending";
  const other = number ? "ascending" : "descending";
  const order = head.getAttribute("aria-sort") === first ? other : first;
  for (const each of heads) each.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", order);
  const rows = [...table.tBodies[0].rows];
  const sign = order === "ascending" ? 1 : -1;
  rows.sort((one, two) => sign * compared(one.cells[column], two.cells[column], number, sign));
  table.tBodies[0].append(...rows);
}

/** Compares two cells; one without a value stands last, whatever the order. */
function compared(one, two, number, sign) {
  const [a, b] = [one.dataset.value, two.dataset.value];
  if (a === "" || b === "") return sign * ((a === "") - (b === ""));
  return number ? Number(a) - Number(b) : a.localeCompare(b, document.documentElement.lang);
}
