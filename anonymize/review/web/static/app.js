// Makes the pages quicker to use. Every page works without it.
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  // Live forms: send, then show what the server made of it, at the same place.
  async function send(form, button) {
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.set(button.name, button.value);
    const message = body.get("m") || form.closest("[data-number]")?.dataset.number;
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "follow" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      show(page, message);
      if (answer.ok && answer.url) history.replaceState(null, "", answer.url);
    } catch {
      form.submit();
    }
  }

  function show(page, message) {
    const y = scrollY, open = $("#why")?.dataset.at;
    $("#main").replaceChildren(...$("#main", page).childNodes);
    const notice = $("#notice", page);
    $("#notice").replaceChildren(...(notice ? notice.childNodes : []));
    document.title = page.title;
    prepare();
    scrollTo({ top: y, behavior: "instant" });
    if (message) focusOn(document.getElementById("m" + message));
    if (open) $$(`a[data-why]`).find((a) => a.getAttribute("href") === open)?.click();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-live]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  // Why: fetch the explanation and show it beside the chat.
  async function explain(link) {
    const panel = $("#why");
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const body = $("#why-body", page);
    if (!body || !panel) { location = link.href; return; }
    panel.replaceChildren(...body.childNodes);
    panel.dataset.at = link.getAttribute("href");
    $$("[data-why][aria-current]").forEach((a) => a.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    if (panel.getBoundingClientRect().top > innerHeight || panel.getBoundingClientRect().bottom < 0) panel.scrollIntoView({ block: "center" });
    panel.parentElement.scrollTop = 0;
  }

  // Acting on a message: fetch its forms and show them under it.
  async function act(message, selector) {
    for (const sheet of $$(".sheet-here")) sheet.remove();
    const link = $("a[data-act]", message);
    const answer = await fetch(link.href);
    const body = $("#act-body", new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (!body) { location = link.href; return; }
    const sheet = document.createElement("div");
    sheet.className = "sheet-here";
    sheet.append(...body.childNodes);
    message.append(sheet);
    sheet.scrollIntoView({ block: "nearest" });
    $(selector, sheet).focus();
  }

  document.addEventListener("click", (event) => {
    const more = event.target.closest("a[data-act]");
    if (more && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const message = more.closest(".message");
      if ($(".sheet-here", message)) $(".sheet-here", message).remove();
      else act(message, "input[name=word]");
      return;
    }
    const link = event.target.closest("a[data-why]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); explain(link); return; }
    const opener = event.target.closest("[data-open]");
    if (opener) { document.getElementById(opener.dataset.open).showModal(); return; }
    if (event.target.closest("[data-print]")) { print(); return; }
    if (event.target.closest("[data-close]")) closeMark();
    for (const menu of $$("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // Marking: a selection inside one piece of text offers to hide it.
  function guess(word) {
    if (word.includes("@")) return "EMAIL";
    const digits = word.replace(/\D/g, "").length;
    if (digits >= 8) return "PHONE";
    return digits > 0 ? "OTHER_ID" : "PERSON";
  }

  function offer() {
    const pop = $("#mark"), selection = getSelection();
    if (!pop || pop.contains(document.activeElement)) return;
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const at = piece(range?.startContainer), to = piece(range?.endContainer);
    const word = range ? range.toString().trim() : "";
    if (!range || !at || !word) { closeMark(); return; }
    if (!adjoining(at, to)) { closeMark(); return; }
    const start = range.startOffset, end = start + range.toString().length;
    Object.assign(pop.elements.m, { value: at.closest("[data-number]").dataset.number });
    pop.elements.at.value = at.dataset.at;
    pop.elements.start.value = start;
    pop.elements.end.value = end;
    pop.elements.type.value = guess(word);
    $("bdi", pop).textContent = word;
    const box = range.getBoundingClientRect();
    pop.hidden = false;
    pop.style.left = Math.max(8, Math.min(box.left + scrollX, scrollX + innerWidth - pop.offsetWidth - 12)) + "px";
    pop.style.top = box.bottom + scrollY + 8 + "px";
  }

  const piece = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.(".s");

  // adjoining says whether nothing but text stands from one piece to another.
  function adjoining(from, to) {
    for (let e = from; e; e = e.nextElementSibling) {
      if (!e.classList.contains("s")) return false;
      if (e === to) return true;
    }
    return false;
  }

  function closeMark() {
    const pop = $("#mark");
    if (pop && !pop.hidden) pop.hidden = true;
  }

  let waiting;
  document.addEventListener("selectionchange", () => { clearTimeout(waiting); waiting = setTimeout(offer, 180); });

  // Keys. They can be turned off, and never act while something is typed.
  const messages = () => $$(".message");
  const here = () => document.activeElement?.closest?.(".message");

  function focusOn(message) {
    if (!message) return;
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
    message.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = messages();
    const visible = all.findIndex((m) => m.getBoundingClientRect().bottom > 90);
    const at = here() ? all.indexOf(here()) + by : Math.max(visible, 0);
    focusOn(all[Math.max(0, Math.min(at, all.length - 1))]);
  }

  function openForm(selector) {
    const message = here() || messages().find((m) => m.getBoundingClientRect().bottom > 90);
    if (message) act(message, selector);
  }

  const keys = {
    j: () => step(1), k: () => step(-1),
    m: () => openForm("input[name=word]"), c: () => openForm("textarea"),
    "/": () => $("[data-search]")?.focus(), "?": () => $("#keys")?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      closeMark();
      const sheet = document.activeElement?.closest?.(".sheet-here"), menu = document.activeElement?.closest?.("details.menu[open]");
      if (sheet) { const message = sheet.closest(".message"); sheet.remove(); focusOn(message); }
      if (menu) { menu.open = false; $("summary", menu).focus(); }
      return;
    }
    if (!("shortcuts" in document.documentElement.dataset) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    const button = $$("[data-key]").find((b) => b.dataset.key === event.key && !b.disabled);
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
    else if (button) { event.preventDefault(); button.click(); }
  });

  // A chat is read when its end was seen.
  function prepare() {
    for (const e of $$(".needs-script")) e.hidden = false;
    for (const e of $$(".without-script")) e.hidden = true;
    if (innerWidth > 900) for (const e of $$("details[data-open-wide]")) e.open = true;
    const end = $("#end[data-read]");
    if (!end) return;
    const last = $(".stretches:last-of-type li:last-child a");
    if (last && !last.hasAttribute("aria-current")) return;
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((e) => e.isIntersecting)) return;
      seen.disconnect();
      fetch(end.dataset.read, { method: "POST", redirect: "manual" });
    });
    seen.observe(end);
  }
  prepare();
})();
