/** What the panel asks before a move; each question names the ticket it is about. */

import { placeKinds, serviceItems } from "../offers.js";
import { askOne, askReason } from "../questions.js";

const WHY_HOLD = ["missing_document", "filling_form", "payment", "photo", "consultation"];
const OUT_OF_ORDER = [
  "came_late",
  "with_child",
  "unwell",
  "visitor_asked",
  "document_checked",
  "wrong_service",
];

/** Returns the panel's questions; each takes a ticket's number and resolves as in questions.js. */
export function panelQuestions(data, say) {
  const reasons = (keys) => keys.map((key) => say(`reason.${key}`));
  const nothing = say("staff.nothing_found");

  function choose(number, verb, kinds, back) {
    return askOne({ title: `${verb} · ${number}`, verb, kinds, back, nothing });
  }

  return {
    whyHold(number) {
      const title = `${say("staff.hold")} · ${number}`;
      return askReason({ title, reasons: reasons(WHY_HOLD), timed: true });
    },
    whyOutOfOrder(number) {
      const title = `${number} · ${say("staff.call_this_reason")}`;
      return askReason({ title, reasons: reasons(OUT_OF_ORDER) });
    },
    whereTo(number) {
      const others = {
        ...data,
        windows: data.windows.filter((window) => window.number !== data.window),
        clerks: data.clerks.filter((clerk) => clerk.login !== data.person.login),
      };
      return choose(number, say("staff.transfer"), placeKinds(others, say), true);
    },
    whichLeg(number) {
      const kinds = [{ name: "service", label: "", items: serviceItems(data) }];
      return choose(number, say("staff.add_leg"), kinds, false);
    },
  };
}
