/** The words every room shares, and all of dialogs/ that an adapter may import. Types, what they are made of, and nothing from outside. */
export type * from './event';
export * from './form';
export * from './meaning';
export type * from './message';
export type * from './reply';
export * from './state';
export * from './ticket';
export type * from './turn';
