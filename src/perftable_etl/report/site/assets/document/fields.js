// Values as people read them, the printed text beside the parsed one.
"use strict";
(function (p) {
  const OPERATORS = { ">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<", about: "≈", between: "" };

  // A target as it was parsed: "≤ 1.1 万元/次 = 11,000 元/次".
  p.parsed = (row, prefix) => {
    const of = (name) => row[`${prefix ?? ""}${name}`];
    const kind = of("kind");
    const parts = [p.element("span", { class: "kind" }, p.word(`target_${kind}`))];
    const number = amount(of("operator"), of("value"), of("value_upper"), of("unit"));
    if (number) parts.push(" ", p.text(number, "amount"));
    if (of("base_unit") && of("base_unit") !== of("unit")) {
      parts.push(" = ", p.text(amount("", of("base_value"), of("base_value_upper"), of("base_unit")), "amount"));
    }
    if (of("deadline")) parts.push(" ", p.text(of("deadline"), "amount"));
    if (of("polarity")) parts.push(" ", p.text(of("polarity")));
    if (of("baseline")) parts.push(" ", p.text(of("baseline")));
    return parts;
  };

  function amount(operator, value, upper, unit) {
    if (value === undefined) return "";
    const range = upper === undefined ? p.money(value) : `${p.money(value)}–${p.money(upper)}`;
    return [OPERATORS[operator] ?? "", range, unit ?? ""].filter(Boolean).join(" ");
  }

  const MONEY = /funds|appropriation/;

  // A field of the form: the value, and the print beside it where that says it otherwise.
  p.value = (name, value, sources) => {
    const shown = MONEY.test(name) ? p.money(String(value)) : String(value);
    const raw = sources.map((source) => source.raw).join("");
    const parts = [p.text(shown, MONEY.test(name) ? "amount" : null)];
    if (raw && bare(raw) !== bare(shown)) parts.push(" ", p.printedAs(raw));
    return parts;
  };

  p.printedAs = (raw) =>
    p.element("span", { class: "raw" }, p.element("span", { class: "of" }, p.word("printed_as")), " ", p.text(raw));

  const bare = (text) => text.replace(/\s/g, "");

  const nameOf = (column) => {
    const name = column.replace(/_raw$/, "");
    return p.term(p.data.site.terms.indicator[name] ? "indicator" : "project", name);
  };

  // What a person changed: the value that holds, who decided, and what the program had read.
  p.correction = (row) => {
    if (!row.corrected_by) return null;
    const [who, when] = [row.corrected_by, p.moment(row.corrected_at)];
    const word = row.is_removed ? "removed_row" : row.is_added ? "added_row" : "corrected_by";
    const read = Object.entries(row.machine ?? {}).map(([name, value]) =>
      p.element("span", { class: "raw" }, p.element("span", { class: "of" }, `${nameOf(name)}: ${p.word("machine_read")}`),
        " ", p.text(value ?? "–")));
    return p.element("p", { class: "corrected" }, p.word(word, { who, when }), " ", read);
  };
})(perftable);
