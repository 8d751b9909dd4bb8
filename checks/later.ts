/** Stands in for a script whose part is not built yet: says so and exits 2. */
const name = process.argv[2] ?? 'this script';
console.error(`"npm run ${name}" is not built yet: it arrives with a later part of Kalshi Pilot. Fix: "npm run" lists what there is`);
process.exitCode = 2;
