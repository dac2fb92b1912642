/**
 * The server's sentences on a catalogue in the reader's language: a table of what they look like.
 * A sentence that is not here is shown as it came.
 */

const NAME = "'?([^']*?)'?";
const WORDS = [
  [/^has no text in '(.+)'$/, "no_text", ["language"]],
  [/^'?(.+?)'? is there already$/, "there_already", ["name"]],
  [/^group '(.+)' has no service$/, "empty_group", ["name"]],
  [/^there is no lunch shift (\d+)/, "unknown", ["name"]],
  [new RegExp(`^there is no (?:.+?) ${NAME}(?:;.*)?$`), "unknown", ["name"]],
  [/^must be one of (.+), not/, "one_of", ["list"]],
  [/^must be more than 0,/, "positive", []],
  [/^must be from 0 to 1/, "share", []],
  [/^must be more than 0 and at most 1/, "share", []],
  [/^must be at least ([\d.]+)/, "least", ["n"]],
  [/^must be at most ([\d.]+)/, "most", ["n"]],
  [/^cannot be negative/, "negative", []],
  [/^must begin with https/, "https", []],
  [/^has an address, but no flag/, "online_flag", []],
  [/^must be (?:like|a day like) '\d{4}/, "date", []],
  [/^says when the fee was checked/, "fee", []],
  [/^names the .+ '(.+)' twice$/, "twice", ["name"]],
  [/^is empty|^Field required|^String should have/, "empty", []],
  [/^these wait for each other: (.+)$/, "cycle", ["steps"]],
  [/^no window takes (\S+);/, "unserved", ["name"]],
  [/^keeps tickets inside the hours/, "no_hours", []],
  [/^(\S+) is a holiday$/, "is_holiday", []],
  [/^must divide an hour/, "slot", []],
  [/^must be two times in order/, "span", []],
  [/^must be a time of the night/, "night", []],
  [/^(\S+–\S+) is outside of the hours of every day/, "outside_all", ["hours"]],
  [/^(\S+) overlaps (\S+)$/, "overlap", ["one", "other"]],
  [/minutes are all the hours of/, "stop", []],
  [/^is closed on every day/, "never_open", []],
  [/is outside of the center's hours \((.+)\)$/, "outside", ["hours"]],
  [/^says when the window helps/, "helps", []],
  [/^window \d+ takes no service$/, "no_service", []],
  [/^must name a service or a group/, "empty", []],
  [/^Input should be a valid/, "number", []],
  [/^(\d+) open tickets need the service (\S+)$/, "orphan_service", ["n", "name"]],
  [/^window (\d+) is open$/, "orphan_open", ["name"]],
  [/^(\d+) open tickets are placed at window (\d+)$/, "orphan_window", ["n", "name"]],
  [/^(\d+) open tickets have the category (\S+)$/, "orphan_category", ["n", "name"]],
  [/^(\d+) devices belong to hall (\d+)$/, "orphan_hall", ["n", "name"]],
];

/** Returns a fault in the reader's words, its field led to the language that lacks a text. */
export function inWords({ field, message }, { say, languages }) {
  for (const [pattern, key, names] of WORDS) {
    const found = message.match(pattern);
    if (!found) continue;
    const values = Object.fromEntries(names.map((name, place) => [name, found[place + 1]]));
    if (key === "no_text") return noText(field, values.language, say, languages);
    return { field, sentence: say(`catalogue.fault_${key}`, values) };
  }
  return { field, sentence: message };
}

function noText(field, tag, say, languages) {
  const sentence = say("catalogue.fault_no_text", { language: languages[tag] ?? tag });
  const isWhole = /^(?:\w+\[[^\]]*\]|documents\.[^.]+)$/.test(field);
  return { field: isWhole ? `${field}.texts.${tag}` : `${field}.${tag}`, sentence };
}
