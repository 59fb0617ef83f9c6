export * from './approval';
export * from './decision';
export * from './fold';
export * from './limits';
export * from './objections';
export * from './proposal';
export * from './validate';
export * from './details';
