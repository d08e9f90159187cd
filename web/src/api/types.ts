// Short names for the generated schema's types.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Certificate = Schemas['Certificate'];
export type Classifier = Schemas['Classifier'];
export type Conflict = Schemas['Conflict'];
export type CustomsState = Schemas['CustomsState'];
export type CustomsStatus = Schemas['CustomsStatus'];
export type Expectation = Schemas['Expectation'];
export type Grant = Schemas['Grant'];
export type GrantDirection = Schemas['GrantDirection'];
export type GrantField = Schemas['GrantField'];
export type GrantKind = Schemas['GrantKind'];
export type GrantState = Schemas['GrantState'];
export type Instant = Schemas['Instant'];
export type Invitation = Schemas['Invitation'];
export type InvitationShown = Schemas['InvitationShown'];
export type IssuedInvitation = Schemas['IssuedInvitation'];
export type Journey = Schemas['Journey'];
export type JourneyEvent = Schemas['JourneyEvent'];
export type JourneyMilestone = Schemas['JourneyMilestone'];
export type JourneyReference = Schemas['JourneyReference'];
export type Key = Schemas['Key'];
export type Leg = Schemas['Leg'];
export type LegTimes = Schemas['LegTimes'];
export type ListedPerson = Schemas['ListedPerson'];
export type Me = Schemas['Me'];
export type Milestone = Schemas['Milestone'];
export type Party = Schemas['Party'];
export type PartySummary = Schemas['PartySummary'];
export type Person = Schemas['Person'];
export type Place = Schemas['Place'];
export type Problem = Schemas['Problem'];
export type Read = Schemas['Read'];
export type ReferenceKind = Schemas['ReferenceKind'];
export type Right = Schemas['KeyScope'];
export type Role = Schemas['Role'];
export type ServiceAccount = Schemas['ServiceAccount'];
export type SessionBody = Schemas['Session'];
export type SignInWays = Schemas['SignInWays'];
export type StreamEvent = Schemas['StreamEvent'];
export type TransportMode = Schemas['TransportMode'];
export type Trip = Schemas['Trip'];

export const classifiers: readonly Classifier[] = ['planned', 'estimated', 'actual'];
export const rights: readonly Right[] = ['read', 'send', 'manage', 'grant'];
