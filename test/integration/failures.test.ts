import { declareFailures } from '../failures/declare.ts';
import { inputs } from '../failures/inputs.ts';
import { keyVault } from '../failures/key-vault.ts';
import { signIn } from '../failures/sign-in.ts';

/* The failures that one meets first. The others are in test/thorough. */
declareFailures([inputs, signIn, keyVault], 15);
