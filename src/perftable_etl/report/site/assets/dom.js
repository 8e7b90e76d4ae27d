// Elements and texts. Whatever a file says is set as text, never as HTML, and kept apart from the direction around it.
"use strict";
(function (p) {
  // An element with its attributes and children; a child that is text becomes a text node, null becomes nothing.
  p.element = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
  p.svg = (name, attributes, ...children) =>
    fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      element.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat(Infinity)) {
      if (child !== null && child !== undefined && child !== "") element.append(child);
    }
    return element;
  }

  // A text of a file or of the database: isolated, in Chinese, so that no mark in it turns what stands beside it.
  p.text = (text, kind) =>
    p.element("bdi", { lang: "zh-CN", class: kind ? `printed ${kind}` : "printed" }, String(text ?? ""));

  p.button = (word, attributes, onClick) => {
    const button = p.element("button", { type: "button", ...attributes }, word);
    button.addEventListener("click", onClick);
    return button;
  };

  // Says something to those who do not see it happen.
  p.say = (message) => {
    const status = document.getElementById("status");
    status.textContent = message;
    status.classList.add("shown");
    clearTimeout(p.said);
    p.said = setTimeout(() => status.classList.remove("shown"), 4000);
  };
})(perftable);
