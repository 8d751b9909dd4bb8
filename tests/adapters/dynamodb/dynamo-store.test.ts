import { afterAll, beforeAll } from 'vitest';
import { storeContract } from '../../contract/store.ts';
import { type LocalStores, localStores } from './local-store.ts';

let stores: LocalStores;
beforeAll(async () => {
  stores = await localStores();
});
afterAll(() => stores.stop());

storeContract('the store on DynamoDB', (now) => stores.make(now));
