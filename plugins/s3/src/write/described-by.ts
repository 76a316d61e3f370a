import type { DriverWrite } from '@flowerpower/fs';

/** Content type and user metadata, as every request that creates an object takes them. */
export function describedBy({ contentType, metadata }: Pick<DriverWrite, 'contentType' | 'metadata'>) {
  return {
    ...(contentType !== undefined && { ContentType: contentType }),
    ...(metadata !== undefined && { Metadata: { ...metadata } }),
  };
}
