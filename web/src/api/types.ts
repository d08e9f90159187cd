// Short names for the generated schema's types.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Classifier = Schemas['Classifier'];
export type Conflict = Schemas['Conflict'];
export type Expectation = Schemas['Expectation'];
export type Instant = Schemas['Instant'];
export type Journey = Schemas['Journey'];
export type JourneyEvent = Schemas['JourneyEvent'];
export type JourneyMilestone = Schemas['JourneyMilestone'];
export type JourneyReference = Schemas['JourneyReference'];
export type Leg = Schemas['Leg'];
export type LegTimes = Schemas['LegTimes'];
export type Milestone = Schemas['Milestone'];
export type Party = Schemas['Me']['party'];
export type Place = Schemas['Place'];
export type Problem = Schemas['Problem'];
export type ReferenceKind = Schemas['ReferenceKind'];
export type StreamEvent = Schemas['StreamEvent'];
export type TransportMode = Schemas['TransportMode'];
export type Trip = Schemas['Trip'];

export const classifiers: readonly Classifier[] = ['planned', 'estimated', 'actual'];
