// Single keys, where nothing is being typed. Who uses speech or a switch turns them off (WCAG 2.1.4).
"use strict";
(function (p) {
  const KEYS = {
    j: "next", n: "next", k: "previous", r: "right", w: "wrong", c: "correct", x: "remove", b: "keep_apart", a: "alike",
    u: "undo", s: "save",
  };

  p.keysWork = () => p.remembered("keys") !== "off";

  addEventListener("keydown", (event) => {
    const isTyped = event.target.closest?.("input:not([type=checkbox]), select, textarea");
    if (isTyped || event.ctrlKey || event.metaKey || event.altKey || !p.keysWork()) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    p.act(act);
  });
})(perftable);
