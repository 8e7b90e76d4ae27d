// Where decisions are kept until they are saved: in the browser, under the name of this database, since all files of a
// disk share one storage. A server that saves at once would take the place of `perftable.store`: the same three calls.
"use strict";
(function (p) {
  const prefix = `perftable.decision.${p.data.site.identity}.`;
  const decisions = new Map();
  let isKept = true;

  load();

  function load() {
    try {
      for (let at = 0; at < localStorage.length; at += 1) {
        const key = localStorage.key(at);
        if (key.startsWith(prefix)) decisions.set(key.slice(prefix.length), JSON.parse(localStorage.getItem(key)));
      }
    } catch {
      isKept = false;
    }
  }

  p.store = {
    // All decisions, in the order in which they were made; each has the row of the sheet and when it was made.
    all: () => [...decisions.values()].sort((one, other) => one.order - other.order),
    of: (findingId) => decisions.get(findingId),
    put(findingId, row) {
      const last = p.store.all().at(-1)?.order ?? 0;
      const decision = { row, order: last + 1 };
      decisions.set(findingId, decision);
      keep(() => localStorage.setItem(prefix + findingId, JSON.stringify(decision)));
    },
    remove(findingId) {
      decisions.delete(findingId);
      keep(() => localStorage.removeItem(prefix + findingId));
    },
  };

  function keep(write) {
    try {
      write();
    } catch {
      isKept = false;
    }
    if (!isKept) p.say(p.word("not_kept"));
  }

  p.author = () => p.remembered("author") ?? "";
})(perftable);
