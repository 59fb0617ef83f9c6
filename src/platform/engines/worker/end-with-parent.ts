/**
 * Preloaded into the worker's job processes: a worker that is killed outright cannot end them, but its end of the
 * channel closes. The job leads a process group, so what it started ends too.
 */
process.once('disconnect', () => process.kill(-process.pid, 'SIGTERM'));
// Listening keeps the channel, and with it the process, open: a job that is done shall end.
process.channel?.unref();
