'use strict';
// CommonJS and old syntax on purpose: this is the only file that a Node too old for the rest has to understand.
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < 22 || (parts[0] === 22 && parts[1] < 18)) {
  console.error(
    'Kalshi Pilot needs Node 22.18 or newer; this is Node ' +
      process.versions.node +
      '. Fix: on Linux x64 run "npm ci" (it brings Node 24 along), elsewhere install Node 24 from https://nodejs.org',
  );
  process.exit(1);
}
