export function largeDocument(count?: number): unknown;
