import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import { storeContract } from '../../contract/store.ts';

storeContract('the store in memory', async (now) => memoryStore(now));
