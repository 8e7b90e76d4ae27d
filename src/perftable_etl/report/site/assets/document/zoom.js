// The size of the paper: fitted to its pane, or in steps. The number of the page to go to.
"use strict";
(function (p) {
  const STEPS = [50, 75, 100, 125, 150, 200, 300, 400];

  p.drawZoom = () => {
    const printed = p.data.printed ?? {};
    if (printed.kind === "none" || printed.kind === undefined) return null;
    return p.element("div", { class: "zoom", role: "group", "aria-label": p.word("paper") },
      pages(),
      p.button("−", { class: "plain", "aria-label": p.word("zoom_out") }, () => step(-1)),
      p.button("+", { class: "plain", "aria-label": p.word("zoom_in") }, () => step(1)),
      p.button(p.word("zoom_fit"), { class: "plain" }, () => set(100)));
  };

  function pages() {
    const numbers = (p.data.printed.pages ?? p.data.printed.tables ?? []).map((page) => page.number);
    if (numbers.length < 2) return null;
    const choice = p.element("select", { id: "go" }, numbers.map((number) =>
      p.element("option", { value: number }, String(number))));
    choice.addEventListener("change", () => {
      location.hash = `page-${choice.value}`;
    });
    followed = choice;
    return p.element("label", {}, p.element("span", {}, p.word("page_name")), " ", choice);
  }

  let percent = 100;
  let followed = null;  // the choice of pages, which says which one is in view

  p.watchPages = (pane) => pane.addEventListener("scroll", () => {
    const top = pane.getBoundingClientRect().top + pane.clientHeight / 3;
    const seen = [...pane.querySelectorAll(".sheet")].filter((sheet) => sheet.getBoundingClientRect().top < top).at(-1);
    if (followed && seen) followed.value = seen.dataset.page;
  }, { passive: true });

  function step(direction) {
    const next = direction > 0 ? STEPS.find((one) => one > percent) : STEPS.findLast((one) => one < percent);
    if (next) set(next);
  }

  function set(next) {
    percent = next;
    document.getElementById("sheets").style.setProperty("--zoom", String(percent / 100));
  }
})(perftable);
