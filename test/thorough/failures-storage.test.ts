import { declareFailures } from '../failures/declare.ts';
import { storage } from '../failures/storage.ts';

declareFailures([storage], 15);
