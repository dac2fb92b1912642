/** The demo's start page: figures and slips stay fresh, commands can be copied. */

import { element, fillList, startingData, write } from "../page.js";

const EVERY = 4000;
const { copied } = startingData();
const part = (id) => document.getElementById(id);

async function refresh() {
  const answer = await fetch("/numbers").catch(() => null);
  if (!answer || !answer.ok) return;
  const { slips, ...figures } = await answer.json();
  for (const [name, value] of Object.entries(figures)) write(part(`figure-${name}`), String(value));
  part("no-slips").hidden = slips.length > 0;
  fillList(part("slips"), slips, { id: (name) => name, make: slip, fill: () => {} });
}

function slip(name) {
  const address = `/slips/${encodeURIComponent(name)}`;
  const picture = element("img", { src: address, alt: name });
  return element("li", {}, element("a", { href: address, target: "_blank" }, picture));
}

async function copy(key) {
  const command = part(key.dataset.copies);
  getSelection().selectAllChildren(command);
  // plain http in a hall has no clipboard interface; the selection is there to copy by hand
  if (navigator.clipboard) await navigator.clipboard.writeText(command.textContent);
  else if (!document.execCommand("copy")) return;
  write(key, copied);
}

for (const key of document.querySelectorAll("[data-copies]")) {
  key.addEventListener("click", () => copy(key));
}
setInterval(() => document.hidden || refresh(), EVERY);
