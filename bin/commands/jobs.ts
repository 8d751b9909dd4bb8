import { Command } from 'commander';
import { readsStore, show } from '../show.ts';
import { jobsView } from '../views/jobs.ts';

/** `pilot jobs`: the timetable and how each job last went. */
export function jobsCommand(): Command {
  return readsStore(new Command('jobs'))
    .description('the timetable, how each job last went, and when it is due')
    .addHelpText('before', 'Example: pilot jobs\n')
    .action((options) => show(options, jobsView));
}
