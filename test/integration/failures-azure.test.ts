import { declareFailures } from '../failures/declare.ts';
import { inputs } from '../failures/inputs.ts';

declareFailures([inputs], 15);
