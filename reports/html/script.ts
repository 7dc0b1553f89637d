/**
 * What the page gains by a script, all of it optional: a box that filters clusters, buttons that copy a command, and links into closed rows
 * in browsers that do not open them by themselves. It makes nodes and text only, as the page's Trusted Types policy demands.
 */
export const script = `'use strict';
const make = (name, text, parent) => {
  const node = document.createElement(name);
  node.textContent = text;
  parent.append(node);
  return node;
};
// A page that came over plain http has no clipboard.
for (const pre of navigator.clipboard ? document.querySelectorAll('pre') : []) {
  const button = make('button', 'Copy', pre.parentElement);
  pre.after(button);
  button.addEventListener('click', () => {
    const say = (text) => {
      button.textContent = text;
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    };
    navigator.clipboard.writeText(pre.textContent).then(() => say('Copied'), () => say('Not copied'));
  });
}
const rows = [...document.querySelectorAll('.cluster, #others tbody tr')];
const place = document.querySelector('.head');
if (place && rows.length > 8) {
  const texts = rows.map((row) => (row.querySelector('summary') ?? row).textContent.toLowerCase());
  const label = make('label', '', place);
  label.className = 'filter';
  const count = make('span', '', label);
  count.setAttribute('role', 'status');
  make('span', 'Filter', label);
  const box = make('input', '', label);
  box.type = 'search';
  box.placeholder = 'name, account, exposure …';
  box.addEventListener('input', () => {
    const words = box.value.toLowerCase().split(' ').filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
      if (!row.hidden) shown += 1;
    });
    count.textContent = words.length ? shown + ' of ' + rows.length + ' clusters' : '';
  });
}
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let at = target.parentElement; at; at = at.parentElement) if (at.localName === 'details') at.open = true;
  target.scrollIntoView();
};
addEventListener('hashchange', reveal);
reveal();
`;
