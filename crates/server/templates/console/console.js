// What makes the console better where scripts run: copying, ticking all, and lists that stay fresh. All of it works
// without.
'use strict';

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    const copied = await copy(source);
    const said = document.querySelector('[data-copied]');
    said.textContent = copied ? 'Copied.' : 'Selected: copy it with the keyboard.';
    const label = button.firstChild;
    const before = label.textContent;
    if (!button.dataset.busy) {
      button.dataset.busy = 'yes';
      label.textContent = copied ? 'Copied' : 'Selected';
      setTimeout(() => {
        label.textContent = before;
        said.textContent = '';
        delete button.dataset.busy;
      }, 2000);
    }
  });
}

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    // Browsers lend the clipboard only over HTTPS and on this machine.
    getSelection().selectAllChildren(source);
    return document.execCommand('copy');
  }
}

for (const all of document.querySelectorAll('[data-all]')) {
  const each = [...all.form.querySelectorAll(`input[name="${all.dataset.all}"]`)];
  const show = () => {
    const ticked = each.filter((one) => one.checked).length;
    all.checked = ticked === each.length;
    all.indeterminate = ticked > 0 && ticked < each.length;
  };
  all.addEventListener('change', () => {
    for (const one of each) one.checked = all.checked;
    show();
  });
  for (const one of each) one.addEventListener('change', show);
  if (all.checked) for (const one of each) one.checked = true;
  show();
}

for (const menu of document.querySelectorAll('details.new')) {
  document.addEventListener('click', ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
}

/** Makes `old` what `fresh` is and touches nothing that is so already. Rows are known by their keys. */
function patch(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeName !== fresh.nodeName) {
    old.replaceWith(document.importNode(fresh, true));
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const keyOf = (node) => node?.dataset?.key;
  const rows = new Map([...old.children].filter(keyOf).map((row) => [keyOf(row), row]));
  let at = old.firstChild;
  for (const child of fresh.childNodes) {
    const row = keyOf(child) ? rows.get(keyOf(child)) : keyOf(at) ? undefined : at;
    if (!row) {
      old.insertBefore(document.importNode(child, true), at);
      continue;
    }
    if (row === at) at = at.nextSibling;
    else old.insertBefore(row, at);
    patch(row, child);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

const bar = document.querySelector('[data-live-bar]');
if (bar) {
  const live = document.getElementById('live');
  const text = bar.querySelector('[data-live-text]');
  const toggle = bar.querySelector('[data-live-toggle]');
  const [OFTEN, SELDOM] = [3000, 60000];
  const PAUSED = 'specmint-live-paused';
  let paused = sessionStorage.getItem(PAUSED) !== null;
  let trouble = '';
  let delay = OFTEN;
  let timer;
  let asking = false;

  // Nothing moves under a finger, the keyboard's focus or a selection.
  const held = () => {
    const selection = getSelection();
    return live.contains(document.activeElement) || (!selection.isCollapsed && selection.containsNode(live, true));
  };

  const show = () => {
    const [state, words] = paused ? ['paused', 'Paused'] : trouble ? ['off', trouble] : held() ? ['held', 'Held'] : ['on', 'Live'];
    bar.dataset.state = state;
    if (text.textContent !== words) text.textContent = words;
    toggle.textContent = paused ? 'Resume' : 'Pause';
  };

  /** What the page is by now; what is wrong, where that cannot be had. */
  const ask = async () => {
    try {
      const answer = await fetch(location.href, { redirect: 'manual', cache: 'no-store' });
      if (answer.type === 'opaqueredirect') return { wrong: 'Not live: you are signed out.' };
      if (!answer.ok) return { wrong: 'Not live: the server has some trouble.' };
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      return { fresh: page.getElementById('live') };
    } catch {
      return { wrong: 'Not live: the server does not answer.' };
    }
  };

  /** The next look is after the last answer, later and later while there is none. */
  const wait = () => {
    clearTimeout(timer);
    if (!paused && !document.hidden && !asking) timer = setTimeout(refresh, delay);
  };

  const refresh = async () => {
    if (!held()) {
      asking = true;
      const { fresh, wrong } = await ask();
      asking = false;
      trouble = wrong ?? '';
      delay = trouble ? Math.min(delay * 2, SELDOM) : OFTEN;
      if (fresh && !paused && !held()) patch(live, fresh);
    }
    show();
    wait();
  };

  toggle.addEventListener('click', () => {
    paused = !paused;
    if (paused) sessionStorage.setItem(PAUSED, 'yes');
    else sessionStorage.removeItem(PAUSED);
    delay = OFTEN;
    show();
    if (paused) clearTimeout(timer);
    else if (!asking) refresh();
  });
  for (const moved of ['focusin', 'focusout']) live.addEventListener(moved, () => setTimeout(show));
  document.addEventListener('selectionchange', show);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) clearTimeout(timer);
    else if (!paused && !asking) refresh();
  });
  bar.hidden = false;
  show();
  wait();
}
