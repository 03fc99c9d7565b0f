import loadHighs from 'highs';
import type { MipSolver } from './capacitated.ts';

/** HiGHS as the engine asks for it. */
export async function openHighs(): Promise<MipSolver> {
  // Its types describe the module of CommonJS; what is imported is the function itself.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)();
  return async (lp, { seconds }) => {
    const result = highs.solve(lp, { time_limit: seconds, output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.5 });
    const columns = Object.entries(result.Columns as Record<string, { Primal?: number }>);
    const found = result.Status === 'Optimal' || (result.Status === 'Time limit reached' && columns.length > 0);
    return {
      status: result.Status === 'Optimal' ? 'optimal' : result.Status === 'Infeasible' ? 'infeasible' : 'stopped',
      objective: found ? result.ObjectiveValue : null,
      values: new Map(columns.map(([name, { Primal = 0 }]) => [name, Primal])),
    };
  };
}
