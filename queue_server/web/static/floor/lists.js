/** Lists of the floor that change a little at a time. */

import { fillList } from "../page.js";

/**
 * Makes a list show `items` as fillList does; what is gone leaves first, so that those behind it
 * stay where they are: one visitor who is called moves one element, not three hundred.
 */
export function showList(list, items, how) {
  const wanted = new Set(items.map((item) => how.id(item)));
  for (const child of [...list.children]) {
    if (!wanted.has(child.dataset.id)) child.remove();
  }
  fillList(list, items, how);
}

/** Gives an element one class of a kind: tone(made, "window", "open") → window--open. */
export function tone(made, kind, name) {
  if (made.dataset[kind] === name) return;
  if (made.dataset[kind]) made.classList.remove(`${kind}--${made.dataset[kind]}`);
  made.dataset[kind] = name;
  made.classList.add(`${kind}--${name}`);
}
