// The findings that wait for a person, and how many of them are decided: each by itself, or with all alike.
"use strict";
(function (p) {
  const findings = p.data.queue.findings.map(([id, document, alike]) => ({ id, document, alike }));
  const byId = new Map(findings.map((finding) => [finding.id, finding]));

  p.queue = {
    findings,
    of: (document) => findings.filter((finding) => finding.document === document),
    // How many others have the same code and the same print.
    alike: (id) => findings.filter((finding) => finding.alike === byId.get(id)?.alike && finding.id !== id),
    isDecided: (finding) => Boolean(p.store.of(finding.id)) || groups().has(finding.alike),
    // The document to go on with after one: the next in the queue that has something undecided.
    documentAfter(document) {
      const decided = groups();
      const waits = (finding) => finding.document !== document && !p.store.of(finding.id) && !decided.has(finding.alike);
      const last = findings.findLastIndex((finding) => finding.document === document);
      return (findings.slice(last + 1).find(waits) ?? findings.find(waits))?.document;
    },
  };

  // The groups that a decision holds for as a whole.
  function groups() {
    const found = new Set();
    for (const { row } of p.store.all()) {
      if (row.all_alike && byId.has(row.finding_id)) found.add(byId.get(row.finding_id).alike);
    }
    return found;
  }

  // Decisions on findings that no longer wait: the database has them by now, or the finding is gone.
  p.queue.settled = () => p.store.all().filter(({ row }) => !byId.has(row.finding_id));

  p.drawProgress = () => {
    const decided = groups();
    const done = findings.filter((finding) => p.store.of(finding.id) || decided.has(finding.alike)).length;
    document.getElementById("progress").textContent =
      findings.length ? p.word("decided", { decided: p.count(done), all: p.count(findings.length) }) : "";
    document.getElementById("save").hidden = !p.store.all().length;
  };
})(perftable);
