(() => {
  'use strict';
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  document.documentElement.classList.add('js');
  addEventListener('beforeprint', () => all('details').forEach(details => { details.open = true; }));

  let only = '';
  let least = 0;
  const rows = all('.bars button');
  const chips = all('.chips button');
  const figures = all('figure');

  // Histogram: all classes, or one over their shape; each fills the height.
  const histogram = one('.histogram svg');
  const number = new Intl.NumberFormat('en');
  function showPart(key) {
    if (!histogram) return;
    const row = rows.find(row => row.dataset.key === key);
    const bins = row ? row.dataset.bins.split(',').map(Number) : [];
    const highest = row ? Math.max(...bins) : Number(histogram.dataset.highest);
    histogram.classList.toggle('part', Boolean(row));
    if (row) {
      histogram.style.setProperty('--c', getComputedStyle(row.parentElement).getPropertyValue('--c'));
    }
    all('.one', histogram).forEach((bar, bin) => {
      const height = row && highest ? 100 * bins[bin] / highest : 0;
      bar.setAttribute('height', height + '%');
      bar.setAttribute('y', (100 - height) + '%');
    });
    one('#highest').textContent = number.format(highest);
    one('#of-class').textContent = row
      ? one('.name', row).textContent + '; in the background, all classes'
      : 'all classes';
  }

  // Gallery: only one class, only from a confidence on.
  function filter() {
    const filtered = only !== '' || least > 0;
    let shown = 0;
    for (const figure of figures) {
      let marks = 0;
      for (const mark of all('[data-score]', figure)) {
        const off = (only !== '' && mark.dataset.key !== only) || Number(mark.dataset.score) < least;
        mark.classList.toggle('off', off);
        marks += off ? 0 : 1;
      }
      figure.hidden = filtered && marks === 0;
      shown += figure.hidden ? 0 : 1;
    }
    one('#shown').textContent = filtered ? shown + ' of ' + figures.length + ' shown' : '';
  }

  function choose(key) {
    only = key === only ? '' : key;
    for (const button of [...rows, ...chips]) {
      button.setAttribute('aria-pressed', String(button.dataset.key === only));
    }
    showPart(only);
    if (figures.length) filter();
  }

  for (const button of [...rows, ...chips]) {
    button.addEventListener('click', () => choose(button.dataset.key));
  }
  for (const row of rows) {
    for (const come of ['mouseenter', 'focus']) row.addEventListener(come, () => showPart(row.dataset.key));
    for (const go of ['mouseleave', 'blur']) row.addEventListener(go, () => showPart(only));
  }
  const slider = one('#least');
  if (slider) {
    slider.addEventListener('input', () => {
      least = Number(slider.value);
      one('#from').textContent = least.toFixed(2);
      filter();
    });
  }

  // Maps of explanations, in the gallery and in the viewer.
  const heat = one('#heat');
  if (heat) {
    heat.addEventListener('input', () => {
      document.documentElement.style.setProperty('--heat', heat.value);
      one('#opacity').textContent = Number(heat.value).toFixed(2);
    });
  }

  // Viewer: one picture, large.
  const viewer = one('#viewer');
  let open = 0;
  function show(index) {
    open = index;
    const figure = figures[index];
    const frame = one('.frame', figure).cloneNode(true);
    frame.removeAttribute('href');
    const stage = one('.stage', viewer);
    stage.style.setProperty('--ratio', figure.style.getPropertyValue('--ratio'));
    stage.replaceChildren(frame);
    one('p', viewer).textContent = one('.file', figure).textContent + ' · ' + one('.more', figure).textContent;
    if (!viewer.open) viewer.showModal();
  }
  function step(by) {
    for (let i = 1; i <= figures.length; i++) {
      const next = (open + by * i + figures.length * i) % figures.length;
      if (!figures[next].hidden) return show(next);
    }
  }
  figures.forEach((figure, index) => one('.frame', figure).addEventListener('click', event => {
    event.preventDefault();
    show(index);
  }));
  one('.previous', viewer).addEventListener('click', () => step(-1));
  one('.next', viewer).addEventListener('click', () => step(1));
  one('.close', viewer).addEventListener('click', () => viewer.close());
  viewer.addEventListener('click', event => { if (event.target === viewer) viewer.close(); });
  viewer.addEventListener('keydown', event => {
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  });
})();
