/** What everything is called on this machine: the names the stacks give, in a folder that only this project has. */
export const localNames = {
  stateTable: 'kalshi-pilot-state',
  reportsTable: 'kalshi-pilot-reports',
  recordings: 'kalshi-pilot-recordings',
  topic: 'arn:aws:sns:us-east-1:000000000000:kalshi-pilot-alerts',
  kalshiSecret: 'kalshi-pilot/kalshi',
  xaiSecret: 'kalshi-pilot/xai',
  prefix: 'kalshi-pilot-',
} as const;

/** Everything the system keeps on this machine. */
export const stateFolder = '.pilot';
