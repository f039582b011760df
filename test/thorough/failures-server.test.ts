import { access } from '../failures/access.ts';
import { connections } from '../failures/connection.ts';
import { content } from '../failures/content.ts';
import { declareFailures } from '../failures/declare.ts';
import { dumps } from '../failures/dump.ts';
import { extensions } from '../failures/extensions.ts';

declareFailures([connections, access, dumps, content, extensions], 15);
