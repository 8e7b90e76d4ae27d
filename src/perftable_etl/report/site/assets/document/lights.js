// Pointing at a value lights its box, pointing at a box lights its value. A click, or a link to it, keeps it lit.
"use strict";
(function (p) {
  let kept = [];

  const numbersOf = (element, name) => (element.dataset[name] ?? "").split(" ").filter(Boolean).map(Number);

  p.watchLights = (sheets, record) => {
    record.addEventListener("pointerover", (event) => light(event.target.closest("[data-places]"), true));
    record.addEventListener("focusin", (event) => light(event.target.closest("[data-places]"), true));
    record.addEventListener("pointerleave", rest);
    record.addEventListener("click", (event) => keep(event.target.closest("[data-places]")));
    sheets.addEventListener("pointerover", (event) => lightPlaces(event.target.closest("[data-place]"), false));
    sheets.addEventListener("pointerleave", rest);
    sheets.addEventListener("click", (event) => lightPlaces(event.target.closest("[data-place]"), true));
  };

  // Lights an element of the record and its places, and brings the first of these into view.
  function light(element, shows) {
    if (!element) return rest();
    show(numbersOf(element, "places"), [element]);
    if (shows) bringPlace(numbersOf(element, "places")[0]);
  }

  p.keep = (element) => keep(element);

  function keep(element) {
    if (!element) return;
    kept = [element];
    light(element, true);
  }

  function rest() {
    show(kept.flatMap((element) => numbersOf(element, "places")), kept);
  }

  function lightPlaces(mark, isClick) {
    if (!mark) return rest();
    const numbers = numbersOf(mark, "place");
    const elements = elementsAt(numbers);
    show(numbers, elements);
    if (isClick && elements.length) {
      kept = [elements[0]];
      elements[0].scrollIntoView({ block: "center" });
    }
  }

  // The parts of the record at these places, the smallest first: a cell before its row.
  function elementsAt(numbers) {
    const wanted = new Set(numbers);
    const found = [...document.querySelectorAll("#record [data-places]")].filter((element) =>
      numbersOf(element, "places").some((number) => wanted.has(number)));
    return found.sort((one, other) => numbersOf(one, "places").length - numbersOf(other, "places").length);
  }

  function show(numbers, elements) {
    for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
    for (const element of elements) element.classList.add("lit");
    const wanted = new Set(numbers);
    for (const mark of document.querySelectorAll("#sheets [data-place]")) {
      if (numbersOf(mark, "place").some((number) => wanted.has(number))) mark.classList.add("lit");
    }
  }

  function bringPlace(number) {
    const mark = document.querySelector(`#sheets [data-place~="${number}"]`);
    const pane = document.getElementById("paper");
    if (!mark || !pane) return;
    const [inside, outside] = [mark.getBoundingClientRect(), pane.getBoundingClientRect()];
    const room = 24;
    if (inside.top < outside.top + room || inside.bottom > outside.bottom - room) {
      pane.scrollTop += inside.top + inside.height / 2 - outside.top - outside.height / 2;
    }
    if (inside.left < outside.left || inside.right > outside.right) {
      pane.scrollLeft += inside.left - outside.left - room;
    }
  }
})(perftable);
