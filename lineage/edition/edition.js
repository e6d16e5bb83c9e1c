// A day is chosen; of each rule that stretch is shown which holds the day. What is said was written when the page was made: nothing is worked out here but which stretch it is.
"use strict";
(() => {
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const at = (id) => document.getElementById(id);
  const ask = at("ask"), on = at("on"), match = at("match"), only = at("only"), all = at("all"), life = at("life"), trouble = at("trouble"), count = at("count"), none = at("none"), list = at("rules");
  const title = document.title;
  const rules = [...document.querySelectorAll("article.rule")].map((article) => ({
    article, id: article.dataset.rule, link: article.querySelector("h3 a"), life: article.querySelector("details.life"), words: null,
    stretches: [...article.querySelectorAll("section.stretch")].map((section) => ({
      section, first: section.dataset.first, last: section.dataset.last, days: [...section.querySelectorAll(".on")], said: section.querySelector(".on") ? section.querySelector(".on").textContent : "",
      link: section.querySelector(".words a"), linked: section.querySelector(".words a") ? section.querySelector(".words a").textContent : "",
    })),
    texts: [...article.querySelectorAll("details.text")],
  }));
  let chosen = "", whole = false;
  for (const rule of rules) rule.article.append(rule.life);  // where a day can be chosen, its sentence comes first

  const long = (day) => { const [y, m, d] = day.split("-").map(Number); return `${MONTHS[m - 1]} ${d}, ${y}`; };
  const isDay = (day) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) && new Date(Date.parse(day)).toISOString().slice(0, 10) === day;
  const address = (day, rule) => "#" + new URLSearchParams(rule ? { on: day, rule } : { on: day }).toString();

  function wordsOf(rule) {
    if (rule.words === null) {
      const names = rule.stretches.map((s) => s.section.dataset.name);
      rule.words = [rule.link.textContent, ...names, ...rule.texts.map((t) => t.textContent)].join(" ").toLowerCase().replace(/\s+/g, " ");
    }
    return rule.words;
  }

  function tell(rule, day, alone) {
    const now = rule.stretches.find((s) => s.first <= day && day <= s.last);
    for (const s of rule.stretches) {
      s.section.hidden = !whole && s !== now;
      s.section.classList.toggle("now", s === now);
      for (const span of s.days) span.textContent = s === now ? long(day) : s.said;
      if (s.link) s.link.textContent = s === now ? `The words on ${long(day)}` : s.linked;
    }
    rule.article.dataset.status = now.section.dataset.status;
    rule.link.textContent = now.section.dataset.name;
    rule.link.href = address(day, rule.id);
    for (const text of rule.texts) {
      const own = text.id === now.section.dataset.text;
      text.hidden = !own && !whole;
      text.open = own && alone;
    }
    const proof = now.section.querySelector("details.proof");
    if (proof) proof.open = alone;
    rule.life.hidden = !whole && !alone;
    rule.life.open = whole;
    return now.section.dataset.status;
  }

  function show() {
    const day = on.value;
    const within = isDay(day) && ask.dataset.first <= day && day <= ask.dataset.last;
    trouble.textContent = within ? "" : isDay(day) ? `${long(day)} is not told of here. This page answers ${ask.dataset.answers}.` : "That is no day of the calendar. Choose a day.";
    const alone = rules.find((r) => r.id === chosen);
    if (chosen && !alone) trouble.textContent = "The rule that the address names is not on this page.";
    const told = within && (!chosen || alone);
    list.hidden = !told;
    none.hidden = true;
    count.textContent = "";
    all.hidden = !chosen;
    document.body.classList.toggle("alone", Boolean(alone));
    document.body.classList.toggle("whole", whole);
    if (!told) return;
    const wanted = match.value.toLowerCase().replace(/\s+/g, " ").trim();
    const found = { "in-force": 0, "not-provable": 0, "not-in-force": 0 };
    let seen = 0, fitting = 0;
    for (const rule of rules) {
      const status = tell(rule, day, rule === alone);
      const fits = alone ? rule === alone : !wanted || wanted.split(" ").every((word) => wordsOf(rule).includes(word));
      const visible = fits && (alone || !only.checked || status === "in-force");
      rule.article.hidden = !visible;
      if (fits) { fitting += 1; found[status] += 1; }
      if (visible) seen += 1;
    }
    for (const section of document.querySelectorAll("section.series")) section.hidden = !section.querySelector("article:not([hidden])");
    none.hidden = seen > 0;
    const many = (n) => (n === 1 ? "1 rule" : `${n.toLocaleString("en-US")} rules`);
    if (!alone) {
      const of = wanted ? `of ${many(fitting)} with these words` : `of the ${many(rules.length)} on this page`;
      count.textContent = `On ${long(day)}, ${of}: ${found["in-force"]} in force, ${found["not-provable"]} not established by the documents held, ${found["not-in-force"]} not in force.${only.checked ? " Only those in force are shown." : ""}`;
    }
    document.title = `${alone ? alone.link.textContent : title}, ${long(day)}`;
  }

  function keep() {
    const hash = isDay(on.value) ? address(on.value, chosen) : "#";
    try { history.replaceState(null, "", hash); } catch { /* some readers forbid it for files; the view stands all the same */ }
  }

  function follow(move) {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (!asked.has("on") && !asked.has("rule")) return false;
    if (asked.has("on")) on.value = asked.get("on");
    chosen = asked.get("rule") || "";
    show();
    const alone = rules.find((r) => r.id === chosen);
    if (move && alone) { alone.link.focus(); window.scrollTo(0, 0); }
    return true;
  }

  ask.addEventListener("submit", (event) => event.preventDefault());
  on.addEventListener("change", () => { show(); keep(); });
  match.addEventListener("input", show);
  only.addEventListener("change", show);
  all.addEventListener("click", () => { const from = rules.find((r) => r.id === chosen); chosen = ""; show(); keep(); if (from) { from.link.focus(); from.article.scrollIntoView({ block: "center" }); } });
  life.addEventListener("click", () => { whole = !whole; life.setAttribute("aria-pressed", String(whole)); show(); });
  at("print").addEventListener("click", () => window.print());
  list.addEventListener("click", (event) => {
    const link = event.target.closest(".words a");
    if (!link) return;
    const section = link.closest("section.stretch");
    const text = at(section.dataset.text);
    event.preventDefault();
    text.hidden = false;
    text.open = true;
    text.querySelector("summary").focus();
    text.scrollIntoView();
  });
  window.addEventListener("hashchange", () => follow(true));
  ask.hidden = false;
  document.body.classList.add("asked");
  if (!follow(false)) show();
})();
