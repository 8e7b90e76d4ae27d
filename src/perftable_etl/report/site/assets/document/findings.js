// Findings where they belong: at their indicator, their project, or the document.
"use strict";
(function (p) {
  p.findingsOf = (projectId, indicatorId) =>
    p.data.record.findings.filter((finding) => finding.project_id === projectId && finding.indicator_id === indicatorId);

  p.drawFindings = (findings) =>
    findings.length ? p.element("ul", { class: "findings" }, findings.map(drawFinding)) : null;

  function drawFinding(finding) {
    const id = `finding-${finding.finding_id}`;
    const item = p.element("li", { id, class: `finding ${finding.severity}`, "data-finding": finding.finding_id },
      p.element("p", { class: "head" },
        p.element("span", { class: `mark ${finding.severity}`, "aria-hidden": "true" }),
        p.element("span", { class: "severity" }, p.word(`severity_${finding.severity}`)), " ",
        p.element("a", { href: `#${id}`, class: "code" }, finding.code),
        finding.page === undefined ? null : p.element("span", { class: "of" }, ` ${where(finding)}`)),
      p.element("p", { class: "message", lang: p.messageLanguage(finding) }, p.element("bdi", {}, p.message(finding))),
      finding.raw ? p.element("p", { class: "head" }, p.printedAs(finding.raw)) : null,
      settled(finding),
      p.element("p", { class: "verdict", "data-verdict": finding.finding_id }));
    return p.at(item, [p.place(finding, finding.severity)]);
  }

  // A page, or the table or sheet of a file that has no pages.
  const where = (finding) => p.word(p.data.printed?.unit ?? "page", { number: finding.page });

  // What a person decided, and the database knows.
  function settled(finding) {
    if (!finding.verdict) return null;
    const verdict = p.word(`verdict_${finding.verdict}`, { value: finding.new_value ?? p.word("no_value") });
    return p.element("p", { class: "settled" },
      p.word("settled_by", { verdict, who: finding.author, when: p.moment(finding.decided_at) }),
      finding.reason ? [" ", p.text(finding.reason)] : null);
  }

  // Messages are in English. Where the database brings them in the reader's language, they are taken from `messages`.
  p.message = (finding) => finding.messages?.[p.language()] ?? finding.message;
  p.messageLanguage = (finding) => (finding.messages?.[p.language()] ? p.language() : "en");
})(perftable);
