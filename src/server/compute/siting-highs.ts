import loadHighs, { type Highs, type Model, type ModelData } from 'highs';
import type { MipModel, MipOptions, MipResult, MipSolver } from '#engine/siting/mip.ts';

/** Loads HiGHS (WebAssembly, one thread, some 16 MB of memory at first) as the engine asks for it. */
export async function openHighs(): Promise<MipSolver> {
  // Its types describe the module of CommonJS; what is imported is the function itself.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)();
  return (model, options) =>
    highs.withModel<MipResult>(toData(highs, model), (native) => solve(highs, native, options));
}

function toData(highs: Highs, model: MipModel): ModelData {
  const far = (bound: number): number => (Number.isFinite(bound) ? bound : Math.sign(bound) * highs.infinity);
  return {
    numCols: model.cost.length,
    numRows: model.rowLower.length,
    colCost: Float64Array.from(model.cost),
    colLower: new Float64Array(model.cost.length),
    colUpper: Float64Array.from(model.upper, far),
    rowLower: Float64Array.from(model.rowLower, far),
    rowUpper: Float64Array.from(model.rowUpper, far),
    integrality: Int32Array.from(model.whole),
    matrix: {
      format: 'csr',
      numRows: model.rowLower.length,
      numCols: model.cost.length,
      starts: Int32Array.from(model.first),
      indices: Int32Array.from(model.column),
      values: Float64Array.from(model.value),
    },
  };
}

function solve(highs: Highs, native: Model, options: MipOptions): MipResult {
  const { seconds, stop, progress, start } = options;
  const { callbackType, modelStatus } = highs.constants;
  native.options.set({
    output_flag: false,
    time_limit: Math.min(1e6, Math.max(0.01, seconds)),
    mip_rel_gap: 0,
    mip_abs_gap: 1e-6,
  });
  if (start !== undefined) native.setSolution({ colValue: Float64Array.from(start) });
  native.run({
    [callbackType.mipInterrupt](event) {
      const { mip_dual_bound: bound, mip_primal_bound: objective } = event.data;
      if (bound !== undefined && objective !== undefined && Number.isFinite(objective)) progress?.(bound, objective);
      if (stop?.() === true) event.interrupt();
    },
  });
  const status = native.getModelStatus();
  const isOptimal = status === modelStatus.optimal;
  const found = isOptimal || native.info.get('primal_solution_status') === 2;
  const objective = native.getObjectiveValue();
  return {
    status: isOptimal ? 'optimal' : status === modelStatus.infeasible ? 'infeasible' : 'stopped',
    objective: found && Number.isFinite(objective) ? objective : null,
    bound: Number(native.info.get('mip_dual_bound')),
    values: found ? native.getSolution().colValue : new Float64Array(0),
    nodes: Number(native.info.get('mip_node_count')),
  };
}
