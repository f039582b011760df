import { declareFailures } from '../failures/declare.ts';
import { inputs } from '../failures/inputs.ts';
import { keyVault } from '../failures/key-vault.ts';
import { signIn } from '../failures/sign-in.ts';
import { storage } from '../failures/storage.ts';

/* The failures that one meets first: those of Azure. The others are in test/thorough. */
declareFailures([inputs, signIn, keyVault, storage], 15);
