/** Tags that start like this describe one column of the node's value: `schema.price: 'number'`. */
export const schemaPrefix = 'schema.';
