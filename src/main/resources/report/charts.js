/* The charts, each out of the rows of its queries. A drawing returns what is to be said below it, or null where there is nothing to draw. */

const MOST_BARS = 12;

/** How charts call a namespace's use of an action; the namespace is only said where it is not the owner. */
function callName(row) {
  if (row.action === null) {
    return 'all others';
  }
  return row.action.startsWith(row.namespace + '/') ? row.action : row.action + ' ← ' + row.namespace;
}

const PARTS = [
  ['warm_wait_ms', 'waiting, warm', 'warm'],
  ['cold_wait_ms', 'waiting, cold', 'cold'],
  ['init_ms', 'initialising', 'init'],
  ['run_ms', 'running', 'run']
];

function drawTime(drawing, filter, page) {
  const rows = charted('time-by-namespace-and-action', filter);
  if (rows.length === 0) {
    return null;
  }
  const columns = PARTS.map(([column]) => column);
  const total = (row) => sum(columns.map((column) => row[column]));
  const named = rows.filter((row) => row.action !== null).sort((a, b) => total(b) - total(a));
  const shown = named.slice(0, MOST_BARS);
  const rest = [...named.slice(MOST_BARS), ...rows.filter((row) => row.action === null)];
  if (rest.length > 0) {
    shown.push(grouped(rest, () => '', [...columns, 'n', 'cold_starts'])[0]);
  }
  const names = shown.map((row) => (row.action ? callName(row) : 'all others'));
  const all = sum(shown.map(total));
  drawing.add(60 + 26 * shown.length, 'Time by namespace and action', {
    type: 'bar',
    data: {
      labels: names,
      datasets: PARTS.map(([column, label, name]) => ({ label, data: shown.map((row) => row[column]), backgroundColor: colour(name) }))
    },
    options: {
      indexAxis: 'y',
      interaction: { mode: 'y', intersect: false },
      onClick: (_, items) => items.length > 0 && shown[items[0].index].action && page.choose(shown[items[0].index].action),
      scales: { x: { stacked: true, ...lengthAxis('', Math.max(...shown.map(total))) }, y: { stacked: true, ...nameAxis(names) } },
      plugins: {
        tooltip: {
          callbacks: {
            title: (items) => shortened(names[items[0].dataIndex], 100),
            label: (item) => ' ' + item.dataset.label + ': ' + length(item.raw),
            footer: (items) => {
              const row = shown[items[0].dataIndex];
              return length(total(row)) + ' in ' + counted(row.n, 'call', 'calls') + ', ' + percent(row.cold_starts / row.n) + ' cold; '
                + percent(total(row) / all) + ' of all shown';
            }
          }
        }
      }
    }
  });
  return 'Response times added up. Waiting, warm: queueing and the way to a container. Waiting, cold: mostly making the container.';
}

const LATENCIES = [['response', 'Response'], ['wait', 'Wait'], ['run', 'Run']];

function drawLatency(drawing, filter, page) {
  const part = page.choice('latency', LATENCIES, 'response');
  const rows = charted('latency-histogram', filter).filter((row) => row.part === part);
  if (rows.length === 0) {
    return null;
  }
  const groups = [['false', 'warm', 'warm'], ['true', 'cold', 'cold']].map(([isCold, label, name]) => {
    const counts = new Map();
    rows.filter((row) => row.is_cold === isCold).forEach((row) => counts.set(row.bucket, (counts.get(row.bucket) || 0) + row.n));
    return { label, name, counts, n: sum([...counts.values()]) };
  }).filter((group) => group.n > 0);
  const buckets = rows.map((row) => row.bucket);
  const highest = Math.max(...buckets.map((bucket) => Math.floor(bucket / 2))) + 1;
  const lowest = Math.min(...buckets.map((bucket) => (bucket < 0 ? -2 : Math.floor(bucket / 2))));
  const edge = (double) => (double < 0 ? 0.7 : 10 ** (double / 10));
  const points = (group) => {
    const line = [];
    for (let double = Math.max(lowest, -1); double <= highest; double++) {
      const n = double < 0 ? group.counts.get(-1) || 0 : (group.counts.get(2 * double) || 0) + (group.counts.get(2 * double + 1) || 0);
      line.push({ x: edge(double), y: n / group.n, n });
    }
    return line;
  };
  drawing.add(240, 'Latencies, cold and warm', {
    type: 'line',
    data: {
      datasets: groups.map((group) => ({
        label: group.label, data: points(group), stepped: true, fill: 'origin', borderColor: colour(group.name), backgroundColor: faint(group.name)
      }))
    },
    options: {
      interaction: { mode: 'index', axis: 'x', intersect: false },
      scales: {
        x: logAxis('', edge(Math.max(lowest, -1)), edge(highest)),
        y: valueAxis('share of the calls', percent)
      },
      plugins: {
        tooltip: {
          callbacks: {
            title: (items) => (items[0].raw.x < 1 ? 'below 1 ms' : 'from ' + length(items[0].raw.x) + ' to ' + length(items[0].raw.x * 10 ** 0.1)),
            label: (item) => ' ' + item.dataset.label + ': ' + percent(item.raw.y) + ', ' + counted(item.raw.n, 'call', 'calls')
          }
        }
      }
    }
  });
  const shares = [0.5, 0.95, 0.99];
  drawing.addElement(smallTable(
    [page.choiceLabel('latency', LATENCIES), 'calls', 'p50', 'p95', 'p99'],
    groups.map((group) => [group.label, count(group.n), ...shares.map((share) => length(quantile(group.counts, share, 20)))])));
  return 'Each area adds up to 100 % of its calls. Percentiles are read from this histogram, right within 6 %; – where there are too few calls.';
}

function drawResponse(drawing, filter) {
  const rows = charted('response-time-by-window', filter);
  if (rows.length === 0) {
    return null;
  }
  const times = [...new Set(rows.map((row) => row.at_ms))].sort((a, b) => a - b);
  const counts = new Map(times.map((time) => [time, new Map()]));
  for (const row of rows) {
    const here = counts.get(row.at_ms);
    here.set(row.bucket, (here.get(row.bucket) || 0) + row.n);
  }
  const width = rows[0].width_ms;
  const windows = windowsOf(rows, 60);
  const lines = [[0.5, 'p50', 2.5, []], [0.95, 'p95', 1.5, []], [0.99, 'p99', 1.5, [4, 3]]].map(([share, label, borderWidth, borderDash]) => ({
    label,
    borderWidth,
    borderDash,
    borderColor: colour(label),
    backgroundColor: colour(label),
    pointRadius: 2,
    data: times.map((time) => ({ x: time + width / 2, y: Math.max(quantile(counts.get(time), share, 10), 0.5) || null }))
      .map((point, i) => (quantile(counts.get(times[i]), share, 10) === null ? { x: point.x, y: null } : point))
  }));
  const values = lines.flatMap((line) => line.data.map((point) => point.y)).filter((value) => value !== null);
  if (values.length === 0) {
    return null;
  }
  drawing.add(240, 'Response time over time', {
    type: 'line',
    data: { datasets: lines },
    options: {
      interaction: { mode: 'x', intersect: false },
      scales: {
        x: timeAxis(windows.from, windows.until),
        y: logAxis('response time', 10 ** Math.floor(Math.log10(Math.min(...values))), 10 ** Math.ceil(Math.log10(Math.max(...values)) + 1e-9))
      },
      plugins: {
        tooltip: {
          callbacks: {
            title: (items) => clock(items[0].raw.x - width / 2, 1_000_000) + ' UTC, ' + shortLength(width),
            label: (item) => ' ' + item.dataset.label + ': ' + length(item.raw.y)
          }
        }
      }
    }
  });
  return 'By arrival, in windows of ' + shortLength(width) + '; right within 12 %. A window with too few calls for a percentile has no point.';
}

function drawLoad(drawing, filter) {
  const rows = charted('load-by-window', filter);
  const windows = windowsOf(rows, 150);
  if (windows === null) {
    return null;
  }
  const arrivals = perWindow(windows, rows, 'arrivals');
  const cold = perWindow(windows, rows, 'cold_starts');
  const seconds = windows.width / 1000;
  const middle = (i) => windows.starts[i] + windows.width / 2;
  const series = (values) => values.map((value, i) => ({ x: middle(i), y: value }));
  const options = (axis) => ({
    interaction: { mode: 'index', intersect: false },
    scales: { x: { ...timeAxis(windows.from, windows.until), stacked: true, offset: false }, y: axis },
    plugins: {
      tooltip: { callbacks: { title: windowTitle(windows), label: (item) => ' ' + item.dataset.label + ': ' + item.raw.y.toLocaleString('en', { maximumFractionDigits: 2 }) } }
    }
  });
  const bars = { barPercentage: 1, categoryPercentage: 1, barThickness: 'flex' };
  drawing.add(190, 'Arrivals over time', {
    type: 'bar',
    data: {
      datasets: [
        { ...bars, label: 'cold', data: series(cold.map((value) => value / seconds)), backgroundColor: colour('cold') },
        { ...bars, label: 'warm', data: series(arrivals.map((value, i) => (value - cold[i]) / seconds)), backgroundColor: colour('warm') }
      ]
    },
    options: options({ ...valueAxis('arrivals a second', undefined), stacked: true })
  });
  const area = (label, name, column) => ({
    label, data: series(perWindow(windows, rows, column).map((value) => value / windows.joins)), fill: 'stack', stepped: 'middle', borderColor: colour(name), backgroundColor: faint(name)
  });
  drawing.add(190, 'Running and waiting over time', {
    type: 'line',
    data: { datasets: [{ ...area('running', 'run', 'running'), fill: 'origin' }, { ...area('waiting', 'warm', 'waiting'), fill: '-1' }] },
    options: options({ ...valueAxis('calls at once', undefined), stacked: true })
  });
  return 'Above, calls a second by their arrival; below, how many were running and waiting at once, as means over windows of '
    + shortLength(windows.width) + '.';
}

function drawInvokers(drawing) {
  const rows = charted('load-by-invoker-and-window', new Filter('', ''));
  const windows = windowsOf(rows, 200);
  if (windows === null) {
    return null;
  }
  const invokers = grouped(rows, (row) => row.invoker, ['arrivals'])
    .sort((a, b) => (a.key === null) - (b.key === null) || a.key.localeCompare(b.key, 'en', { numeric: true }));
  const means = (column) => new Map(invokers.map(({ key }) => {
    const sums = perWindow(windows, rows.filter((row) => row.invoker === key), column);
    return [key, sums.map((value, i) => ({ x: windows.starts[i] + windows.width / 2, y: value / windows.joins }))];
  }));
  const running = means('running');
  const waiting = means('waiting');
  const top = Math.max(...invokers.flatMap(({ key }) => running.get(key).map((point, i) => point.y + waiting.get(key)[i].y)));
  const strips = element('div', { class: 'strips' });
  drawing.addElement(legend([['running', 'run'], ['waiting', 'warm']]), strips);
  invokers.forEach(({ key, arrivals }) => {
    const name = key === null ? 'all others' : key;
    const strip = element('div', { class: 'strip' }, element('p', {}, nameElement(name, 40), ' ', element('span', { class: 'quiet' }, counted(arrivals, 'call', 'calls'))));
    strips.append(strip);
    const area = (label, colourName, data, fill) => ({
      label, data, fill, stepped: 'middle', borderColor: colour(colourName), backgroundColor: faint(colourName), borderWidth: 1
    });
    drawing.add(76, 'Running and waiting on ' + name, {
      type: 'line',
      data: { datasets: [area('running', 'run', running.get(key), 'origin'), area('waiting', 'warm', waiting.get(key), '-1')] },
      options: {
        scales: {
          x: timeAxis(windows.from, windows.until),
          y: { stacked: true, min: 0, max: top > 0 ? roundUp(top) : 1, ticks: { maxTicksLimit: 3, precision: 0 }, afterFit: (axis) => (axis.width = 46) }
        },
        plugins: {
          legend: { display: false },
          tooltip: { callbacks: { title: windowTitle(windows), label: (item) => ' ' + item.dataset.label + ': ' + item.raw.y.toFixed(1) } }
        }
      }
    }, strip);
  });
  return 'Calls at once, all on the same scale, as means over windows of ' + shortLength(windows.width) + '.';
}

const GAPS = [[-1, 'still\nrunning'], [0, '< 1 s'], [1000, '1–10\ns'], [10_000, '10–30\ns'], [30_000, '30–60\ns'], [60_000, '1–2\nmin'], [120_000, '2–5\nmin'],
  [300_000, '5–10\nmin'], [600_000, '10–11\nmin'], [660_000, '11–20\nmin'], [1_200_000, '20–60\nmin'], [3_600_000, '≥ 1 h'], [null, 'first\ncall']];

function drawGap(drawing, filter) {
  const rows = charted('cold-starts-by-gap-and-action', filter);
  const sums = new Map(grouped(rows, (row) => row.gap_from_ms, ['n', 'cold_starts']).map((group) => [group.key, group]));
  const shown = GAPS.filter(([from]) => sums.has(from)).map(([from, label]) => ({ label: label.split('\n'), ...sums.get(from) }));
  if (shown.length === 0) {
    return null;
  }
  drawing.add(260, 'Share of cold starts by the gap since the call before', {
    data: {
      labels: shown.map((bar) => bar.label),
      datasets: [
        { type: 'bar', label: '95 % interval', data: shown.map((bar) => interval(bar.cold_starts, bar.n)), backgroundColor: colour('text'), barThickness: 2, grouped: false, order: 0 },
        { type: 'bar', label: 'started cold', data: shown.map((bar) => bar.cold_starts / bar.n), backgroundColor: colour('cold'), grouped: false, order: 1, categoryPercentage: 0.9 }
      ]
    },
    options: {
      scales: { x: { grid: { display: false }, ticks: { maxRotation: 0 }, title: { display: true, text: 'gap since the same namespace and action ended a call' } }, y: valueAxis('started cold', percent, { axis: { max: 1 } }) },
      plugins: {
        legend: { reverse: true },
        tooltip: {
          filter: (item) => item.datasetIndex === 1,
          callbacks: {
            title: (items) => shown[items[0].dataIndex].label.join(' '),
            label: (item) => {
              const bar = shown[item.dataIndex];
              const [low, high] = interval(bar.cold_starts, bar.n);
              return ' ' + percent(bar.cold_starts / bar.n) + ' (' + count(bar.cold_starts) + ' of ' + count(bar.n) + '), 95 % between ' + percent(low) + ' and ' + percent(high);
            }
          }
        }
      }
    }
  });
  return 'OpenWhisk pauses a container after 10 s and removes it after 10 min without a call, unless set otherwise.'
    + ' Cold starts at shorter gaps mean that there was no room, or more calls at once than containers.';
}

function drawSkew(drawing, filter) {
  const rows = charted('run-time-by-invoker', filter).filter((row) => row.elsewhere_run_ms_p50 > 0 && row.run_ms_p50 > 0);
  const invokers = grouped(rows.map((row) => ({ ...row, weighed: row.n * Math.log(row.run_ms_p50 / row.elsewhere_run_ms_p50) })), (row) => row.invoker, ['n', 'weighed'])
    .map((group) => ({ ...group, ratio: Math.exp(group.weighed / group.n) }))
    .sort((a, b) => b.ratio - a.ratio);
  if (invokers.length < 2) {
    return null;
  }
  const names = invokers.map(({ key }) => key);
  const ratios = invokers.map(({ ratio }) => ratio);
  const reach = Math.max(1.25, ...ratios, ...ratios.map((ratio) => 1 / ratio)) * 1.05;
  drawing.add(60 + 24 * invokers.length, 'Run time by invoker, against the same calls elsewhere', {
    type: 'bar',
    data: {
      labels: names,
      datasets: [{ data: ratios.map((ratio) => [1, ratio]), backgroundColor: ratios.map((ratio) => colour(ratio >= 1.1 ? 'bad' : 'run')), minBarLength: 3, barPercentage: 0.8 }]
    },
    options: {
      indexAxis: 'y',
      interaction: { mode: 'y', intersect: false },
      scales: {
        x: {
          type: 'logarithmic',
          min: 1 / reach,
          max: reach,
          title: { display: true, text: 'times as long as elsewhere' },
          afterBuildTicks: (axis) => (axis.ticks = [0.1, 0.2, 0.5, 0.8, 1, 1.25, 2, 3, 5, 10, 20].map((value) => ({ value })).filter(({ value }) => value >= axis.min && value <= axis.max)),
          ticks: { callback: (value) => value + ' ×' }
        },
        y: nameAxis(names)
      },
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { label: (item) => ' ' + invokers[item.dataIndex].ratio.toFixed(2) + ' times as long as elsewhere, ' + counted(invokers[item.dataIndex].n, 'call', 'calls') } }
      }
    }
  });
  return 'Medians of the same namespace and action here and on the other invokers, their ratios weighed by calls. Calls that run on one invoker only cannot be compared.';
}

function drawWaterfall(drawing, filter, page) {
  const runOf = (row) => row.activation_id + ' ' + row.run;
  const isWanted = (row) => !filter.action || filter.matches('action', row.action) || filter.matches('action', row.step_action);
  const rows = charted('sequence-waterfall', new Filter(filter.namespace, ''));
  const wanted = new Set(rows.filter(isWanted).map(runOf));
  const runs = grouped(rows, runOf, []).filter(({ key }) => wanted.has(key)).map(({ row }) => row);
  if (runs.length === 0) {
    return null;
  }
  const choices = runs.map((row) => [runOf(row), shortened(callName(row), 60) + ', ' + row.run + ': ' + length(row.wall_ms)]);
  const chosen = page.choice('waterfall', choices, choices[0][0]);
  const steps = rows.filter((row) => runOf(row) === chosen);
  const from = Math.min(0, ...steps.map((step) => step.offset_ms));
  const part = (begin, size) => steps.map((step) => (size(step) > 0 ? [begin(step) - from, begin(step) + size(step) - from] : null));
  const wait = (step) => step.wait_ms || 0;
  const init = (step) => step.init_ms || 0;
  const ends = steps.map((step) => step.offset_ms + wait(step) + init(step) + (step.run_ms || 0) - from);
  const isWhole = (step) => step.step_class === 'sequence' || step.step_class === 'composition';
  const names = steps.map((step) => '\u00a0'.repeat(4 * (step.depth - 1)) + step.step + ' ' + step.step_action);
  const bar = (label, name, data) => ({ label, data, backgroundColor: colour(name), grouped: false, barPercentage: 0.7 });
  drawing.add(60 + 26 * steps.length, 'Steps of one run of a sequence', {
    type: 'bar',
    data: {
      labels: names,
      datasets: [
        bar('waiting', 'warm', part((step) => step.offset_ms, (step) => (isWhole(step) ? 0 : wait(step)))),
        bar('initialising', 'init', part((step) => step.offset_ms + wait(step), init)),
        bar('running', 'run', part((step) => step.offset_ms + wait(step) + init(step), (step) => (isWhole(step) ? 0 : step.run_ms || 0))),
        bar('a sequence inside', 'line', part((step) => step.offset_ms + wait(step), (step) => (isWhole(step) ? step.run_ms || 0 : 0)))
      ]
    },
    options: {
      indexAxis: 'y',
      interaction: { mode: 'y', intersect: false },
      scales: { x: lengthAxis('since it began', Math.max(...ends, steps[0].wall_ms)), y: nameAxis(names, 30) },
      plugins: {
        tooltip: {
          callbacks: {
            title: (items) => shortened(names[items[0].dataIndex].trim(), 100),
            label: (item) => (item.raw ? ' ' + item.dataset.label + ': ' + length(item.raw[1] - item.raw[0]) : '')
          },
          filter: (item) => item.raw !== null
        }
      }
    }
  });
  const first = steps[0];
  return 'One real run, ' + visible(first.activation_id) + ': ' + length(first.wall_ms) + ' in all, '
    + (first.run === 'usual' ? 'the median of ' : first.n >= 59 ? 'slower than 95 % of ' : 'the slowest of ') + counted(first.n, 'run', 'runs')
    + '. Steps run one after the other, so all of this is the critical path; white between bars is what passes between steps.';
}

const ERRORS = [
  ['application_errors', 'application error', 'application'],
  ['developer_errors', 'developer error or timeout', 'developer'],
  ['internal_errors', 'internal error', 'internal']
];

function drawErrors(drawing, filter) {
  const errors = charted('errors-by-window', filter);
  const refused = filter.action ? [] : charted('throttled-by-window', filter).map((row) => ({ ...row, refused: row.concurrent + row.timed }));
  const windows = windowsOf(errors.length > 0 ? errors : refused, 150);
  if (windows === null) {
    return null;
  }
  const series = (rows, column) => perWindow(windows, rows, column).map((value, i) => ({ x: windows.starts[i] + windows.width / 2, y: value }));
  const bar = (rows, column, label, name) => ({ label, data: series(rows, column), backgroundColor: colour(name), barPercentage: 1, categoryPercentage: 1 });
  const datasets = [...ERRORS.map(([column, label, name]) => bar(errors, column, label, name)), bar(refused, 'refused', 'refused by a limit', 'throttled')]
    .filter((dataset) => dataset.data.some((point) => point.y > 0));
  drawing.add(230, 'Errors and refused calls over time', {
    type: 'bar',
    data: { datasets },
    options: {
      scales: { x: { ...timeAxis(windows.from, windows.until), stacked: true, offset: false }, y: { ...valueAxis('calls', undefined, { ticks: { precision: 0 } }), stacked: true } },
      plugins: { tooltip: { filter: (item) => item.raw.y > 0, callbacks: { title: windowTitle(windows), label: (item) => ' ' + item.dataset.label + ': ' + count(item.raw.y) } } }
    }
  });
  return 'In windows of ' + shortLength(windows.width) + '. ' + (filter.action ? 'Refused calls do not say which action they were for, so they are left out.'
    : 'Refused calls never became activations: what else is shown here is of those that were let in.');
}

/** In the order of the page. Those that take no filter are of the whole recording. */
const CHARTS = [
  { id: 'time', title: 'Where time goes', queries: ['time-by-namespace-and-action'], draw: drawTime },
  { id: 'latency', title: 'Latencies, cold against warm', queries: ['latency-histogram'], draw: drawLatency },
  { id: 'load', title: 'Arrivals, running and waiting', queries: ['load-by-window'], draw: drawLoad },
  { id: 'response', title: 'Response time over time', queries: ['response-time-by-window'], draw: drawResponse },
  { id: 'invokers', title: 'Running and waiting on each invoker', queries: ['load-by-invoker-and-window'], draw: drawInvokers, isOfAll: true, isWide: true },
  { id: 'skew', title: 'Invokers against each other', queries: ['run-time-by-invoker'], draw: drawSkew },
  { id: 'gap', title: 'Cold starts against the gap between calls', queries: ['cold-starts-by-gap-and-action'], draw: drawGap },
  { id: 'waterfall', title: 'Sequences, step by step', queries: ['sequence-waterfall'], draw: drawWaterfall },
  { id: 'errors', title: 'Errors and refused calls', queries: ['errors-by-window', 'throttled-by-window'], draw: drawErrors }
];

function smallTable(heads, rows) {
  return element('table', { class: 'small' },
    element('thead', {}, element('tr', {}, ...heads.map((head, i) => element('th', { scope: 'col', class: i > 0 ? 'number' : null }, head)))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((cell, i) => element(i > 0 ? 'td' : 'th', { class: i > 0 ? 'number' : null }, cell))))));
}

function legend(entries) {
  return element('p', { class: 'legend' }, ...entries.map(([label, name]) => element('span', { class: 'key ' + name }, label)));
}
