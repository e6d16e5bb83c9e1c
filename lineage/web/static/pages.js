// What a page does beyond reading: copies, prints, answers to keys, and moves to what was put beside the text. Every page can be read without it.
(() => {
  const said = (button, words) => {
    const before = button.textContent;
    button.textContent = words;
    setTimeout(() => { button.textContent = before; }, 2500);
  };
  const copy = async (button) => {
    const field = document.getElementById(button.dataset.copy);
    const words = field.id === "permanent" ? new URL(field.value, location.href).href : field.value;
    field.select();
    try {
      await navigator.clipboard.writeText(words);
      said(button, "Copied");
    } catch {
      said(button, document.execCommand("copy") ? "Copied" : "Press Ctrl+C");
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches(".copy")) copy(button);
    if (button?.matches(".print")) window.print();
    // A click on a clause is one on its source, unless words are being picked out of it.
    const clause = event.target.closest(".clause");
    if (clause && !event.target.closest("a, button") && !String(getSelection())) clause.querySelector(".where")?.click();
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const panel = event.target.closest?.("#panel");
    if (!panel) return;
    if (!event.detail.requestConfig?.triggeringEvent || event.detail.requestConfig.triggeringEvent.type === "load") return;
    panel.focus({ preventScroll: true });
    const place = panel.querySelector("rect.place, mark");
    (place ?? panel).scrollIntoView({ block: "center", behavior: "instant" });
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const panel = event.detail.target;
    if (panel?.id === "panel") {
      const words = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").querySelector("main");
      panel.textContent = words ? words.innerText : "This cannot be shown.";
    }
  });
  const typing = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    const form = document.querySelector("form.decide");
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (event.key === "/") {
      const box = document.getElementById("q");
      if (box) { event.preventDefault(); box.focus(); }
      return;
    }
    if (form && event.key === "b") {
      event.preventDefault();
      form.elements.because.focus();
      return;
    }
    const keyed = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (!keyed) return;
    event.preventDefault();
    if (keyed.matches("input")) { keyed.checked = true; keyed.focus(); } else keyed.click();
  });
})();
