import { declareFailures } from '../failures/declare.ts';
import { inputs } from '../failures/inputs.ts';
import { keyVault } from '../failures/key-vault.ts';
import { signIn } from '../failures/sign-in.ts';

declareFailures([inputs, signIn, keyVault], 15);
