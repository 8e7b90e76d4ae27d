// The sheet of decisions, as `perftable-etl corrections apply` takes it: CSV that programs for sheets leave as it is.
"use strict";
(function (p) {
  const IDS = new Set(["document_sha256", "finding_id", "correction_id"]);
  const NUMBERS = new Set(["page", "fiscal_year", "occurrence"]);
  // What such a program takes for a number, a date or a formula; a quotation mark before it keeps it as it is.
  const CHANGED = /^(?:[=+\-@'\t\r\n ]|[0-9.,:\/%¥$￥]+$|[0-9.]+e[0-9]|[0-9]+[-\/.:][0-9]|(?:true|false)$)/i;

  const guarded = (column, text) =>
    text && !NUMBERS.has(column) && (IDS.has(column) || CHANGED.test(text)) ? `'${text}` : text;

  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  // Each row has a text for each column of the sheet.
  p.sheetText = (rows) => {
    const columns = p.data.queue.columns;
    const lines = rows.map((row) => columns.map((column) => quoted(guarded(column, row[column] ?? ""))).join(","));
    return `\ufeff${[columns.join(","), ...lines].join("\r\n")}\r\n`;
  };

  p.saveSheet = () => {
    const decisions = p.store.all();
    if (!decisions.length) {
      p.say(p.word("nothing_to_save"));
      return;
    }
    const file = `decisions-${new Date().toISOString().slice(0, 10)}.csv`;
    const text = p.sheetText(decisions.map((decision) => ({ ...decision.row, author: decision.row.author || p.author() })));
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    const link = p.element("a", { href: address, download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    p.say(p.word("saved", { count: p.count(decisions.length), file }));
  };
})(perftable);
