/** The key that ends a session, wherever a page has one. */

import { api } from "./api.js";
import { startingData } from "./page.js";

document.getElementById("sign-out").addEventListener("click", async () => {
  await api(startingData().csrf_token).signOut();
  location.assign("/sign-in");
});
