export { createComputePool, type ComputePool } from './pool.ts';
export { evaluateTask } from './evaluate-task.ts';
export { isochronesTask } from './isochrones-task.ts';
export { share } from './share.ts';
export { sitingTask, type SitingInput } from './siting-task.ts';
export { taskAt, type Task, type Work } from './task.ts';
export { walksTask } from './walks-task.ts';
export { walkProfiles, type ProfileWord } from './walk-profiles.ts';
