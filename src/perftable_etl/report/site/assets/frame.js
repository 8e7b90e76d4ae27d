// What stands on every page: the switches of language and theme, and the page's own content, drawn anew in another one.
"use strict";
(function (p) {
  const language = document.getElementById("language");
  const theme = document.getElementById("theme");
  const page = document.documentElement.dataset.page;

  function drawFrame() {
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = p.word(element.dataset.word);
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", p.word(element.dataset.label));
    }
    language.textContent = p.language() === "zh" ? "English" : "中文";
    language.lang = p.language() === "zh" ? "en" : "zh-CN";
    theme.textContent = p.word(p.theme() === "dark" ? "light" : "dark");
    for (const link of document.querySelectorAll("[data-nav]")) {
      if (link.dataset.nav === page) link.setAttribute("aria-current", "page");
    }
  }

  function draw() {
    p.applySettings();
    drawFrame();
    p.drawProgress();
    p.drawPage();
  }

  language.addEventListener("click", () => {
    p.remember("language", p.language() === "zh" ? "en" : "zh");
    draw();
  });
  theme.addEventListener("click", () => {
    p.remember("theme", p.theme() === "dark" ? "light" : "dark");
    p.applySettings();
    drawFrame();
  });
  document.getElementById("save").addEventListener("click", () => p.saveSheet());

  draw();
})(perftable);
