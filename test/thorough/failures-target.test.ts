import { archive } from '../failures/archive.ts';
import { declareFailures } from '../failures/declare.ts';
import { target } from '../failures/target.ts';

declareFailures([archive, target], 15);
