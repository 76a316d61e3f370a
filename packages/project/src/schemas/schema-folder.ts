/** Where editors find the schemas: in the folder that FlowerPower keeps for itself, to which nothing else is written. */
export const schemaFolder = '.flowerpower/schema';
