import type { DriverWrite } from '@flowerpower/fs';
import type { WriteId } from './write-id.js';

/** Content type and metadata, as every request that creates an object takes them. */
export function describedBy(
  { contentType, metadata }: Pick<DriverWrite, 'contentType' | 'metadata'>,
  id: WriteId | undefined,
) {
  const all = { ...metadata, ...id?.metadata };
  return {
    ...(contentType !== undefined && { ContentType: contentType }),
    ...(Object.keys(all).length > 0 && { Metadata: all }),
  };
}
