// Vivarium: what plain HTML cannot do. Every page works without this file.
(() => {
  "use strict";

  const announce = (text) => {
    // Behind an open dialog nothing is read out.
    const region = document.querySelector("#quick[open] [role=status]") ?? document.getElementById("announce");
    if (!region) return;
    region.textContent = "";
    // A changed text is read out, the same text set again is not.
    requestAnimationFrame(() => (region.textContent = text));
  };

  // For a moment the icon of a button is the one called check.
  const check = '<path d="M20 6 9 17l-5-5"/>';
  const showCheck = (button) => {
    const icon = button.querySelector("svg");
    if (!icon) return;
    button.dataset.icon ??= icon.innerHTML;
    icon.innerHTML = check;
    setTimeout(() => (icon.innerHTML = button.dataset.icon), 1500);
  };

  // The lines of a command stand in a span each, so that the style sheet can draw
  // the prompt in front of them.
  const textOf = (element) => element.textContent.trim();

  const selectAll = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  // The clipboard is only there on secure origins; on plain HTTP the old command
  // still works, and else the text is at least selected.
  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(textOf(element));
      return true;
    } catch {
      selectAll(element);
      return document.execCommand("copy");
    }
  };

  const onCopy = async (button) => {
    const element = document.querySelector(button.dataset.copy);
    if (!element) return;
    const copied = await copy(element);
    announce(copied ? "Copied" : "Selected. Press Ctrl C to copy.");
    if (copied) showCheck(button);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-close]");
    if (!button) return;
    if (button.dataset.copy) onCopy(button);
    else button.closest(button.dataset.close)?.remove();
  });

  // A token is for one of a few purposes or has scopes of its own: choosing the one
  // takes the other back.
  const onScope = ({ target }) => {
    const form = target.form;
    if (!form) return;
    if (target.name === "scope" && target.checked) {
      const own = form.querySelector("[name=preset][value=custom]");
      if (own) own.checked = true;
    } else if (target.name === "preset" && target.value !== "custom") {
      for (const box of form.querySelectorAll("[name=scope]")) box.checked = false;
    }
  };
  document.addEventListener("change", onScope);

  // A bar for ticked rows counts them, and one box ticks all. The bar says "file
  // files": the words for one and for many.
  const countTicks = (form) => {
    const output = form.querySelector("[data-ticks]");
    if (!output) return;
    const boxes = [...form.querySelectorAll("td .tick")];
    const ticked = boxes.filter((box) => box.checked).length;
    const [one, many] = output.dataset.ticks.split(" ");
    output.textContent = `${ticked} ${ticked === 1 ? one : many} selected`;
    const all = form.querySelector("[data-tick-all]");
    if (!all) return;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  document.addEventListener("change", ({ target }) => {
    if (!target.form || !target.classList.contains("tick")) return;
    if ("tickAll" in target.dataset) {
      for (const box of target.form.querySelectorAll("td .tick")) box.checked = target.checked;
    }
    countTicks(target.form);
  });

  // The theme and other small choices are sent as soon as they are made; without
  // scripts their form has a button.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit]");
    if (form) form.requestSubmit();
  });

  const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const box = document.querySelector("[data-search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // ? lists the keys.
  document.addEventListener("keydown", (event) => {
    const keys = document.getElementById("keys");
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || !keys || typing(event.target)) return;
    event.preventDefault();
    if (keys.open) keys.close();
    else keys.showModal();
  });

  // Ctrl K opens the quick search. Its results are links, and buttons that switch
  // to an account: the arrows move through them, Enter in the box takes the first.
  const quick = () => document.getElementById("quick");
  const quickResults = () => [...quick().querySelectorAll("#quick-list :is(a, button)")];
  const activeResult = () => quick().querySelector("#quick-list .is-active");
  const markQuick = () => {
    const results = quickResults();
    const active = results.includes(document.activeElement) ? document.activeElement : results[0];
    for (const result of results) result.classList.toggle("is-active", result === active);
  };
  const openQuick = () => {
    const box = quick().querySelector("input");
    quick().showModal();
    box.focus();
    box.select();
    box.dispatchEvent(new Event("quick"));
  };
  document.addEventListener("keydown", (event) => {
    if (!quick() || !(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (quick().open) quick().close();
    else openQuick();
  });
  document.addEventListener("keydown", (event) => {
    if (!quick()?.open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    const stops = [quick().querySelector("input"), ...quickResults()];
    const at = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    stops[Math.min(Math.max(at, 0), stops.length - 1)].focus();
  });

  // Ctrl Enter copies how the package is installed, which its page says.
  const copyInstall = async (link) => {
    const answer = link.href && (await fetch(link.href));
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const command = page?.querySelector("[aria-label=Install] .pane code");
    if (!command) return announce("This has no install command.");
    command.className = "visually-hidden";
    quick().append(command);
    const copied = await copy(command);
    command.remove();
    announce(copied ? "Install command copied" : "The browser does not let this page copy.");
    if (copied) showCheck(link);
  };
  document.addEventListener("keydown", (event) => {
    if (!quick()?.open || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (activeResult()) copyInstall(activeResult());
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.closest("#quick")) markQuick();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("#quick [role=search]") || !activeResult()) return;
    event.preventDefault();
    activeResult().click();
  });
  document.addEventListener("htmx:after:swap", () => {
    if (quick()?.open) markQuick();
  });

  // An answer says where the focus goes with data-focus; otherwise it stays.
  const takeFocus = () => {
    const element = document.querySelector("[data-focus]");
    if (!element) return;
    element.removeAttribute("data-focus");
    element.focus();
  };
  document.addEventListener("htmx:after:swap", takeFocus);

  // What is said about a field while it is filled in also marks the field itself.
  document.addEventListener("htmx:after:swap", () => {
    for (const notes of document.querySelectorAll("[data-notes]")) {
      const input = document.getElementById(notes.dataset.notes);
      if (notes.querySelector(".field-error")) input?.setAttribute("aria-invalid", "true");
      else input?.removeAttribute("aria-invalid");
    }
  });

  const showCurrent = () => {
    for (const link of document.querySelectorAll(".tabs a[aria-current], .sidenav a[aria-current]")) {
      const strip = link.closest("ul");
      if (strip && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = link.offsetLeft - strip.clientWidth / 2;
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    showCurrent();
    takeFocus();
    // Going back, a browser ticks again what was ticked.
    for (const output of document.querySelectorAll("[data-ticks]")) countTicks(output.closest("form"));
  });
})();
