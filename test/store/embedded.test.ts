import { storeContract } from './contract.ts'
import { openBench } from './embedded-bench.ts'

storeContract('lmdb in a folder', openBench)
