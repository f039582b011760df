import { declareFailures } from '../failures/declare.ts';
import { retention } from '../failures/retention.ts';
import { storage } from '../failures/storage.ts';

declareFailures([storage, retention], 15);
