import { archive } from '../failures/archive.ts';
import { declareFailures } from '../failures/declare.ts';
import { storage } from '../failures/storage.ts';
import { target } from '../failures/target.ts';

declareFailures([storage, archive, target], 15);
