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

for (const select of document.querySelectorAll('.filters select')) {
  select.addEventListener('change', () => select.form.requestSubmit());
}

const bar = document.querySelector('[data-live-bar]');
if (bar) {
  const text = bar.querySelector('[data-live-text]');
  const toggle = bar.querySelector('[data-live-toggle]');
  let paused = false;
  bar.hidden = false;

  const say = (state, words) => {
    bar.dataset.state = state;
    text.textContent = words;
  };

  const refresh = async () => {
    const live = document.getElementById('live');
    // Nothing moves under a finger, the keyboard's focus or a selection.
    const busy = live.contains(document.activeElement) || !getSelection().isCollapsed;
    if (paused || busy || document.hidden) return;
    try {
      const answer = await fetch(location.href, { redirect: 'manual', cache: 'no-store' });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById('live');
      if (paused || !fresh) return;
      if (fresh.innerHTML !== live.innerHTML) live.replaceWith(document.adoptNode(fresh));
      say('on', 'Live');
    } catch {
      say('off', 'Not live: the server does not answer, or you are signed out.');
    }
  };

  toggle.addEventListener('click', () => {
    paused = !paused;
    toggle.textContent = paused ? 'Resume' : 'Pause';
    say(paused ? 'paused' : 'on', paused ? 'Paused' : 'Live');
    if (!paused) refresh();
  });
  setInterval(refresh, 3000);
}
