import { memoryBench } from '/work/wt/lead/test/bench/memory-bench.ts';

for (const m of await memoryBench({ scales: [9, 36] })) console.log(JSON.stringify(m));
