// A backend for StatsD: one line of JSON for each flush, into the file that the setting `flushes` names.
const fs = require('fs');

exports.init = function (startupTime, config, events) {
  fs.writeFileSync(config.flushes, '');
  events.on('flush', function (timestamp, metrics) {
    const line = {counters: metrics.counters, timers: metrics.timers, gauges: metrics.gauges};
    fs.appendFileSync(config.flushes, JSON.stringify(line) + '\n');
  });
  return true;
};
