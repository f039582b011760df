import { declareRoundTrips } from '../support/round-trip.ts';

declareRoundTrips(15);
