// So that TypeScript knows what the plugins of the project add to `from`, `to` and storage options.
import 'flowerpower-legacy-files';
