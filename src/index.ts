export * from './model/lists.ts';
