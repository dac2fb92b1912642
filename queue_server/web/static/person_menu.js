/** The person's menu in the bar: it closes by itself, and it signs out. */

import { api } from "./api.js";
import { startingData } from "./page.js";

const menu = document.getElementById("person-menu");

document.getElementById("sign-out").addEventListener("click", async () => {
  await api(startingData().csrf_token).signOut();
  location.assign("/sign-in");
});

if (menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
